package io.prelim.dicom.net.transport;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.AssociationAborted;
import io.prelim.dicom.net.association.AssociationInfo;
import io.prelim.dicom.net.dimse.Command;
import io.prelim.dicom.net.dimse.NormalizedOperation;
import io.prelim.dicom.net.dimse.NormalizedRequest;
import io.prelim.dicom.net.dimse.NormalizedResponse;
import io.prelim.dicom.net.dimse.NormalizedScp;
import io.prelim.dicom.net.dimse.NormalizedSopClass;
import io.prelim.dicom.net.dimse.Status;
import io.prelim.dicom.net.pdu.Printable;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DataSetReader;
import io.prelim.dicom.syntax.TransferSyntax;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the normalized requests of one association: checks their form, reads their data sets within bounds, asks the SCP. */
final class NormalizedProvider {
    /** A commitment request may name tens of thousands of instances, each an item and a few elements. */
    static final ReadLimits LIMITS = ReadLimits.DEFAULT
            .withMaxObjectBytes(16 << 20)
            .withMaxElementBytes(1 << 20)
            .withMaxDepth(16)
            .withMaxElements(400_000);

    private static final Logger LOG = LoggerFactory.getLogger(NormalizedProvider.class);

    private final NormalizedScp scp;
    private final AssociationInfo info;
    private final MessageInput input;
    private final ReadingRoom room;

    NormalizedProvider(NormalizedScp scp, AssociationInfo info, MessageInput input, ReadingRoom room) {
        this.scp = scp;
        this.info = info;
        this.input = input;
        this.room = room;
    }

    /** The answer to a request whose command was just read; its data set has been read to its end. */
    MessageOutput.Message answer(Command command, NormalizedOperation operation, AgreedContext context)
            throws AssociationAborted {
        NormalizedResponse answer = serve(command, operation, context);
        String comment = answer.errorComment() == null ? null : Printable.of(answer.errorComment());
        String instance = answer.sopInstanceUid().isEmpty() ? command.sopInstanceUid() : answer.sopInstanceUid();
        Command response = Command.response(command, answer.status(), comment, instance, answer.dataSet() != null);
        if (answer.errorId() != NormalizedResponse.NO_ERROR_ID) {
            response = response.withErrorId(answer.errorId());
        }
        return MessageOutput.Message.of(context, response, answer.dataSet());
    }

    private NormalizedResponse serve(Command command, NormalizedOperation operation, AgreedContext context)
            throws AssociationAborted {
        NormalizedSopClass sopClass = NormalizedSopClass.of(context.abstractSyntax());
        NormalizedResponse refusal = refusal(command, operation, sopClass, context);
        if (refusal != null) {
            input.drain(command);
            return refusal;
        }
        MessageInput.DataSetStream stream = input.dataSet();
        try (InputStream reader = room.reader(stream)) {
            DataSet dataSet = DataSetReader.read(reader, TransferSyntax.of(context.transferSyntax()), LIMITS);
            NormalizedRequest request = new NormalizedRequest(
                    info,
                    operation,
                    sopClass,
                    command.sopInstanceUid(),
                    Math.max(0, command.typeId()),
                    command.messageId());
            return serve(request, dataSet);
        } catch (IOException e) {
            if (stream.failure() != null) {
                throw stream.failure();
            }
            input.drain(stream);
            return unread(e);
        }
    }

    /** What the command alone is refused for, or null. */
    private static NormalizedResponse refusal(
            Command command, NormalizedOperation operation, NormalizedSopClass sopClass, AgreedContext context) {
        Set<Integer> types = sopClass == null ? null : sopClass.operations().get(operation);
        if (types == null || !context.peerMayAsk(operation)) {
            return NormalizedResponse.of(Status.UNRECOGNIZED_OPERATION, null);
        }
        if (!sopClass.uid().equals(command.sopClassUid())) {
            return NormalizedResponse.of(Status.NO_SUCH_SOP_CLASS, "SOP class is not the presentation context's");
        }
        String instance = command.sopInstanceUid();
        if (sopClass.wellKnownInstance() != null
                && !sopClass.wellKnownInstance().equals(instance)) {
            return NormalizedResponse.of(Status.NO_SUCH_SOP_INSTANCE, "not the well-known instance");
        }
        boolean leftToUs = operation == NormalizedOperation.N_CREATE && instance.isEmpty();
        if (!leftToUs && !Uid.isValid(instance)) {
            return NormalizedResponse.of(Status.INVALID_SOP_INSTANCE, "SOP instance UID is malformed");
        }
        if (!types.isEmpty() && !types.contains(command.typeId())) {
            return operation == NormalizedOperation.N_ACTION
                    ? NormalizedResponse.of(Status.NO_SUCH_ACTION, null)
                    : NormalizedResponse.of(Status.NO_SUCH_EVENT_TYPE, null);
        }
        if (!command.hasDataSet()) {
            return switch (operation) {
                case N_CREATE -> NormalizedResponse.of(Status.MISSING_ATTRIBUTE, "no data set");
                case N_SET -> NormalizedResponse.of(Status.MISSING_ATTRIBUTE_VALUE, "no data set");
                case N_ACTION, N_EVENT_REPORT -> NormalizedResponse.of(Status.INVALID_ARGUMENT_VALUE, "no data set");
            };
        }
        return null;
    }

    private static NormalizedResponse unread(IOException e) {
        if (e instanceof ReadingRoom.Full) {
            return NormalizedResponse.of(Status.RESOURCE_LIMITATION, e.getMessage());
        }
        if (e instanceof MalformedInput malformed) {
            boolean limit = malformed.kind() == MalformedInput.Kind.LIMIT;
            return NormalizedResponse.of(
                    limit ? Status.RESOURCE_LIMITATION : Status.PROCESSING_FAILURE, "data set: " + malformed.what());
        }
        return NormalizedResponse.of(Status.PROCESSING_FAILURE, "data set cannot be read");
    }

    private NormalizedResponse serve(NormalizedRequest request, DataSet dataSet) {
        try {
            NormalizedResponse response = scp.serve(request, dataSet);
            if (response == null
                    || (response.done()
                            && request.sopInstanceUid().isEmpty()
                            && response.sopInstanceUid().isEmpty())) {
                throw new IllegalStateException("no answer, or an instance without a name");
            }
            return response;
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("association", info.associationId())
                    .addKeyValue("operation", request.operation())
                    .addKeyValue("sopInstance", request.sopInstanceUid())
                    .setCause(e)
                    .log("normalized service failed");
            return NormalizedResponse.of(Status.PROCESSING_FAILURE, "service failed");
        }
    }
}
