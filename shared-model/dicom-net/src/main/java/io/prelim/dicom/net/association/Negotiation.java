package io.prelim.dicom.net.association;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.pdu.Pdu.AssociateRq;
import io.prelim.dicom.net.pdu.Pdu.ContextResult;
import io.prelim.dicom.net.pdu.Pdu.OperationsWindow;
import io.prelim.dicom.net.pdu.Pdu.ProposedContext;
import io.prelim.dicom.net.pdu.Pdu.RoleSelection;
import io.prelim.dicom.net.pdu.PduDecoder;
import io.prelim.dicom.net.pdu.PduException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an acceptor takes of what is proposed: pure.
 *
 * @param transferSyntaxes acceptable for every context, the most wanted first
 * @param abstractSyntaxes acceptable beside Verification and the registered storage classes
 * @param roles what a requestor may be for a SOP class, where that is more than SCU
 */
public record Negotiation(List<String> transferSyntaxes, Set<String> abstractSyntaxes, Map<String, Roles> roles) {
    /** A P-DATA-TF must be able to carry its headers and two bytes. */
    private static final int LEAST_MAX_LENGTH = 8;

    public Negotiation {
        transferSyntaxes = List.copyOf(transferSyntaxes);
        abstractSyntaxes = Set.copyOf(abstractSyntaxes);
        roles = Map.copyOf(roles);
    }

    /** Checks what no policy may let pass; null when all is well, else the refusal by the protocol itself. */
    public static AssociationDecision.Reject protocolRefusal(AssociateRq request) {
        if ((request.protocolVersion() & 1) == 0) {
            return AssociationDecision.Reject.PROTOCOL_VERSION_NOT_SUPPORTED;
        }
        if (!request.applicationContext().equals(Uid.APPLICATION_CONTEXT)) {
            return AssociationDecision.Reject.APPLICATION_CONTEXT_NOT_SUPPORTED;
        }
        return null;
    }

    /**
     * The window agreed to (PS3.7 section D.3.3.3): no more than is asked for, and never more than one operation of ours.
     *
     * @param most operations of the peer's that may be outstanding, 1 to 65535
     */
    public static OperationsWindow window(OperationsWindow proposed, int most) {
        int invoked = proposed.invoked() == 0 ? most : Math.min(proposed.invoked(), most);
        return new OperationsWindow(invoked, 1);
    }

    /**
     * The answer to each context proposed.
     *
     * @throws PduException for identifiers that are even, zero, twice, or too many, and for a maximum length too short for any
     *     data
     */
    public List<ContextResult> answer(AssociateRq request) throws PduException {
        long maxLength = request.user().maxPduLength();
        if (maxLength != 0 && maxLength < LEAST_MAX_LENGTH) {
            throw invalid("maximum length too short", maxLength);
        }
        if (request.contexts().size() > PduDecoder.MAX_CONTEXTS) {
            throw invalid("more presentation contexts than allowed", PduDecoder.MAX_CONTEXTS);
        }
        BitSet seen = new BitSet(256);
        List<ContextResult> results = new ArrayList<>(request.contexts().size());
        for (ProposedContext context : request.contexts()) {
            if ((context.id() & 1) == 0 || seen.get(context.id())) {
                throw invalid("presentation context id even or twice", context.id());
            }
            seen.set(context.id());
            results.add(answer(context, requestorRoles(request, context.abstractSyntax())));
        }
        return results;
    }

    /** What the requestor is for a SOP class: what it proposed and we allow, SCU where it proposed nothing. */
    public Roles requestorRoles(AssociateRq request, String abstractSyntax) {
        for (RoleSelection proposed : request.user().roles()) {
            if (proposed.sopClassUid().equals(abstractSyntax)) {
                return new Roles(proposed.scu(), proposed.scp()).and(roles.getOrDefault(abstractSyntax, Roles.SCU));
            }
        }
        return Roles.SCU;
    }

    /** The answer to each role selection proposed (PS3.7 annex D.3.3.4), but for SOP classes that no context has. */
    public List<RoleSelection> answerRoles(AssociateRq request) {
        Set<String> answered = new HashSet<>();
        List<RoleSelection> answers = new ArrayList<>();
        for (RoleSelection proposed : request.user().roles()) {
            String sopClass = proposed.sopClassUid();
            boolean inContext = request.contexts().stream()
                    .anyMatch(context -> context.abstractSyntax().equals(sopClass));
            if (inContext && answered.add(sopClass)) {
                Roles agreed = requestorRoles(request, sopClass);
                answers.add(new RoleSelection(sopClass, agreed.scu(), agreed.scp()));
            }
        }
        return answers;
    }

    private ContextResult answer(ProposedContext context, Roles requestor) {
        String first = context.transferSyntaxes().isEmpty()
                ? Uid.IMPLICIT_VR_LITTLE_ENDIAN
                : context.transferSyntaxes().get(0);
        if (!accepts(context.abstractSyntax())) {
            return new ContextResult(context.id(), ContextResult.ABSTRACT_SYNTAX_NOT_SUPPORTED, first);
        }
        if (!requestor.any()) {
            return new ContextResult(context.id(), ContextResult.USER_REJECTION, first);
        }
        for (String wanted : transferSyntaxes) {
            if (context.transferSyntaxes().contains(wanted)) {
                return new ContextResult(context.id(), ContextResult.ACCEPTANCE, wanted);
            }
        }
        return new ContextResult(context.id(), ContextResult.TRANSFER_SYNTAXES_NOT_SUPPORTED, first);
    }

    private boolean accepts(String abstractSyntax) {
        return abstractSyntax.equals(Uid.VERIFICATION)
                || Uid.isStorage(abstractSyntax)
                || abstractSyntaxes.contains(abstractSyntax);
    }

    private static PduException invalid(String what, long amount) {
        return new PduException(PduException.INVALID_PARAMETER_VALUE, what, 0, amount);
    }
}
