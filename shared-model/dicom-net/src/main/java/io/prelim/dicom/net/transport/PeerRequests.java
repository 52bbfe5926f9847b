package io.prelim.dicom.net.transport;

import io.prelim.dicom.net.association.AssociationAborted;
import io.prelim.dicom.net.association.AssociationInfo;
import io.prelim.dicom.net.dimse.Command;
import io.prelim.dicom.net.dimse.NormalizedOperation;
import io.prelim.dicom.net.dimse.NormalizedScp;
import io.prelim.dicom.net.dimse.Status;
import io.prelim.dicom.net.pdu.PduException;
import java.io.IOException;
import java.util.List;

/** Serves what the peer asks on an association of ours: the N-EVENT-REPORTs of whom we are the SCU. */
final class PeerRequests {
    private final RequestedAssociation association;
    private NormalizedProvider provider;

    PeerRequests(RequestedAssociation association) {
        this.association = association;
    }

    /** From here on what the peer asks is served; before, it ends the association. */
    void serve(NormalizedScp scp, AssociationInfo info) {
        provider = new NormalizedProvider(scp, info, association.input(), new ReadingRoom(ReadingRoom.BYTES));
    }

    boolean serving() {
        return provider != null;
    }

    /** Whether the message is a request, which is then answered; its command was just read. */
    boolean answered(Command command) throws AssociationAborted {
        if (provider == null || command.isResponse()) {
            return false;
        }
        UpperLayer upper = association.upper();
        AgreedContext context = association.context(association.input().contextId());
        if (context == null) {
            throw upper.protocolError(PduException.INVALID_PARAMETER_VALUE, "presentation context was not accepted");
        }
        MessageOutput.Message response = response(command, context);
        try {
            association.output().send(List.of(response));
        } catch (IOException e) {
            throw upper.lost(e);
        }
        return true;
    }

    private MessageOutput.Message response(Command command, AgreedContext context) throws AssociationAborted {
        NormalizedOperation operation = NormalizedOperation.of(command.field());
        if (operation != null) {
            return provider.answer(command, operation, context);
        }
        association.input().drain(command);
        return new MessageOutput.Message(context.id(), Command.response(command, Status.UNRECOGNIZED_OPERATION, null));
    }
}
