package io.prelim.dicom.net.transport;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.AbortCause;
import io.prelim.dicom.net.association.AssociationAborted;
import io.prelim.dicom.net.association.AssociationInfo;
import io.prelim.dicom.net.dimse.Command;
import io.prelim.dicom.net.dimse.Status;
import io.prelim.dicom.net.dimse.StoreRequest;
import io.prelim.dicom.net.dimse.StoreResponse;
import io.prelim.dicom.net.pdu.PduException;
import io.prelim.dicom.net.pdu.Printable;
import java.io.IOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves C-ECHO and C-STORE on one established association, one message after the other. */
final class ServiceProvider {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceProvider.class);

    /** What was agreed for one presentation context. */
    record Context(String abstractSyntax, String transferSyntax) {}

    private final DicomServer server;
    private final UpperLayer upper;
    private final AssociationInfo info;
    private final Map<Integer, Context> contexts;
    private final MessageInput input;
    private final MessageOutput output;
    private volatile boolean busy;

    ServiceProvider(
            DicomServer server,
            UpperLayer upper,
            AssociationInfo info,
            Map<Integer, Context> contexts,
            long peerMaxLength) {
        this.server = server;
        this.upper = upper;
        this.info = info;
        this.contexts = Map.copyOf(contexts);
        this.input = new MessageInput(upper);
        this.output = new MessageOutput(upper.connection(), upper.watch(), peerMaxLength);
    }

    boolean busy() {
        return busy;
    }

    /** Serves until the peer asks for release. */
    void serve() throws AssociationAborted {
        while (true) {
            busy = false;
            if (server.closing()) {
                throw upper.abort(AbortCause.Kind.SHUT_DOWN, "shutting down between messages");
            }
            Command command = input.readCommand(
                    server.settings().idleTimeout(), server.settings().messageTimeout());
            if (command == null) {
                return;
            }
            busy = true;
            answer(command);
        }
    }

    private void answer(Command command) throws AssociationAborted {
        Context context = contexts.get(input.contextId());
        if (context == null) {
            throw upper.protocolError(PduException.INVALID_PARAMETER_VALUE, "presentation context was not accepted");
        }
        if (command.isResponse()) {
            throw upper.protocolError(PduException.INVALID_PARAMETER_VALUE, "response to no request");
        }
        long begin = System.nanoTime();
        switch (command.field()) {
            case Command.C_ECHO_RQ -> {
                drain(command);
                respond(command, StoreResponse.SUCCESS, "C-ECHO", begin);
            }
            case Command.C_STORE_RQ -> respond(command, store(command, context), "C-STORE", begin);
            case Command.C_CANCEL_RQ ->
                LOG.atDebug()
                        .addKeyValue("association", info.associationId())
                        .log("C-CANCEL passed over: nothing here can be cancelled");
            default -> {
                drain(command);
                respond(command, StoreResponse.of(Status.UNRECOGNIZED_OPERATION, null), "other", begin);
            }
        }
    }

    private StoreResponse store(Command command, Context context) throws AssociationAborted {
        if (!command.hasDataSet()) {
            return StoreResponse.of(Status.NO_DATA_SET, "no data set");
        }
        if (context.abstractSyntax().equals(Uid.VERIFICATION)
                || !context.abstractSyntax().equals(command.sopClassUid())) {
            drain(command);
            return StoreResponse.of(Status.SOP_CLASS_NOT_SUPPORTED, "SOP class is not the presentation context's");
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
                command.messageId());
        MessageInput.DataSetStream dataSet = input.dataSet();
        StoreResponse response;
        try {
            response = server.scp().store(request, dataSet);
            if (response == null) {
                throw new IllegalStateException("no answer");
            }
        } catch (IOException | RuntimeException e) {
            if (dataSet.failure() == null) {
                LOG.atError()
                        .addKeyValue("association", info.associationId())
                        .addKeyValue("sopInstance", request.sopInstanceUid())
                        .setCause(e)
                        .log("receiver failed");
            }
            response = StoreResponse.of(Status.RECEIVER_FAILED, "receiver failed");
        }
        if (dataSet.failure() != null) {
            throw dataSet.failure();
        }
        drain(dataSet);
        return response;
    }

    private void drain(Command command) throws AssociationAborted {
        if (command.hasDataSet()) {
            drain(input.dataSet());
        }
    }

    private static void drain(MessageInput.DataSetStream dataSet) throws AssociationAborted {
        try {
            dataSet.drain();
        } catch (IOException e) {
            throw dataSet.failure();
        }
    }

    private void respond(Command request, StoreResponse response, String operation, long begin)
            throws AssociationAborted {
        try {
            String comment = response.errorComment() == null ? null : Printable.of(response.errorComment());
            output.command(input.contextId(), Command.response(request, response.status(), comment));
            output.flush();
        } catch (IOException e) {
            throw upper.lost(e);
        }
        long nanos = System.nanoTime() - begin;
        long bytes = input.dataBytes();
        server.tell(listener -> listener.received(info, operation, response.status(), bytes, nanos));
    }
}
