package io.prelim.dicom.net.transport;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.AbortCause;
import io.prelim.dicom.net.association.AssociationAborted;
import io.prelim.dicom.net.association.AssociationInfo;
import io.prelim.dicom.net.dimse.Command;
import io.prelim.dicom.net.dimse.NormalizedOperation;
import io.prelim.dicom.net.dimse.NormalizedSopClass;
import io.prelim.dicom.net.dimse.Status;
import io.prelim.dicom.net.dimse.StoreRequest;
import io.prelim.dicom.net.dimse.StoreResponse;
import io.prelim.dicom.net.pdu.PduException;
import io.prelim.dicom.net.pdu.Printable;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves C-ECHO, C-STORE and the normalized services on one established association: reads one message after the other, while earlier ones may still be
 * without their answers.
 */
final class ServiceProvider {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceProvider.class);

    private final DicomServer server;
    private final UpperLayer upper;
    private final AssociationInfo info;
    private final Map<Integer, AgreedContext> contexts;
    private final MessageInput input;
    private final Operations operations;
    private final NormalizedProvider normalized;
    private volatile boolean reading;

    ServiceProvider(
            DicomServer server,
            UpperLayer upper,
            AssociationInfo info,
            Map<Integer, AgreedContext> contexts,
            Operations operations) {
        this.server = server;
        this.upper = upper;
        this.info = info;
        this.contexts = Map.copyOf(contexts);
        this.input = new MessageInput(upper);
        this.operations = operations;
        operations.whenNone(this::endWhenClosing);
        this.normalized = new NormalizedProvider(server.normalizedScp(), info, input, server.readingRoom());
    }

    /** Whether a message is being read or answered. */
    boolean busy() {
        return reading || !operations.none();
    }

    /** The thread waits for a message that shall not come any more. */
    private void endWhenClosing() {
        if (server.closing() && !reading) {
            upper.watch().expire();
        }
    }

    void end() {
        operations.end();
    }

    /** Serves until the peer asks for release and has all its answers. */
    void serve() throws AssociationAborted {
        Timeouts timeouts = server.settings().timeouts();
        while (true) {
            operations.awaitPlace();
            reading = false;
            if (server.closing()) {
                operations.awaitNone();
                throw upper.abort(AbortCause.Kind.SHUT_DOWN, "shutting down between messages");
            }
            Command command = input.readCommand(timeouts.idle(), timeouts.message());
            if (command == null) {
                operations.awaitNone();
                return;
            }
            reading = true;
            answer(command);
        }
    }

    private void answer(Command command) throws AssociationAborted {
        AgreedContext context = contexts.get(input.contextId());
        if (context == null) {
            throw upper.protocolError(PduException.INVALID_PARAMETER_VALUE, "presentation context was not accepted");
        }
        if (command.isResponse()) {
            throw upper.protocolError(PduException.INVALID_PARAMETER_VALUE, "response to no request");
        }
        long begin = System.nanoTime();
        switch (command.field()) {
            case Command.C_ECHO_RQ -> {
                input.drain(command);
                respond(command, StoreResponse.SUCCESS, "C-ECHO", begin);
            }
            case Command.C_STORE_RQ -> respondLater(command, store(command, context), "C-STORE", begin);
            case Command.C_CANCEL_RQ ->
                LOG.atDebug()
                        .addKeyValue("association", info.associationId())
                        .log("C-CANCEL passed over: nothing here can be cancelled");
            default -> {
                NormalizedOperation operation = NormalizedOperation.of(command.field());
                if (operation != null) {
                    MessageOutput.Message response = normalized.answer(command, operation, context);
                    respond(CompletableFuture.completedStage(response), operation.toString(), begin);
                } else {
                    input.drain(command);
                    respond(command, StoreResponse.of(Status.UNRECOGNIZED_OPERATION, null), "other", begin);
                }
            }
        }
    }

    private CompletionStage<StoreResponse> store(Command command, AgreedContext context) throws AssociationAborted {
        if (NormalizedSopClass.of(context.abstractSyntax()) != null
                || !context.peer().scu()) {
            input.drain(command);
            return StoreResponse.of(Status.UNRECOGNIZED_OPERATION, null).now();
        }
        if (!command.hasDataSet()) {
            return StoreResponse.of(Status.NO_DATA_SET, "no data set").now();
        }
        if (context.abstractSyntax().equals(Uid.VERIFICATION)
                || !context.abstractSyntax().equals(command.sopClassUid())) {
            input.drain(command);
            return StoreResponse.of(Status.SOP_CLASS_NOT_SUPPORTED, "SOP class is not the presentation context's")
                    .now();
        }
        StoreRequest request = new StoreRequest(
                info.associationId(),
                info.callingAeTitle(),
                info.calledAeTitle(),
                info.remoteAddress(),
                context.transferSyntax(),
                Printable.of(command.sopClassUid()),
                Printable.of(command.sopInstanceUid()),
                command.priority(),
                command.messageId(),
                Printable.of(command.moveOriginatorAeTitle()),
                command.moveOriginatorMessageId());
        MessageInput.DataSetStream dataSet = input.dataSet();
        CompletionStage<StoreResponse> response = null;
        Exception failure = null;
        try {
            response = server.scp().store(request, dataSet);
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
        if (dataSet.failure() != null) {
            throw dataSet.failure();
        }
        input.drain(dataSet);
        return response == null
                ? receiverFailed(request, failure).now()
                : response.handle((answer, thrown) -> answer == null ? receiverFailed(request, thrown) : answer);
    }

    private StoreResponse receiverFailed(StoreRequest request, Throwable failure) {
        LOG.atError()
                .addKeyValue("association", info.associationId())
                .addKeyValue("sopInstance", request.sopInstanceUid())
                .setCause(failure)
                .log("receiver failed");
        return StoreResponse.of(Status.RECEIVER_FAILED, "receiver failed");
    }

    private void respond(Command request, StoreResponse response, String operation, long begin)
            throws AssociationAborted {
        respondLater(request, response.now(), operation, begin);
    }

    private void respondLater(Command request, CompletionStage<StoreResponse> response, String operation, long begin)
            throws AssociationAborted {
        int contextId = input.contextId();
        respond(
                response.thenApply(answer -> new MessageOutput.Message(
                        contextId, Command.response(request, answer.status(), printable(answer.errorComment())))),
                operation,
                begin);
    }

    private void respond(CompletionStage<MessageOutput.Message> response, String operation, long begin)
            throws AssociationAborted {
        long bytes = input.dataBytes();
        operations.begin(response, sent -> {
            long nanos = System.nanoTime() - begin;
            server.tell(listener ->
                    listener.received(info, operation, sent.command().status(), bytes, nanos));
        });
    }

    private static String printable(String comment) {
        return comment == null ? null : Printable.of(comment);
    }
}
