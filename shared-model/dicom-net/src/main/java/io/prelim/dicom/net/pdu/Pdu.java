package io.prelim.dicom.net.pdu;

import java.util.List;

/** The protocol data units that are read and written whole; P-DATA-TF is streamed. Texts are as on the wire. */
public sealed interface Pdu {
    /**
     * A-ASSOCIATE-RQ (PS3.8 section 9.3.2).
     *
     * @param protocolVersion bit 0 is version 1
     * @param calledAeTitle 16 characters
     * @param callingAeTitle 16 characters
     * @param applicationContext empty when missing
     * @param contexts at most 129: one more than may be, so that it shows
     */
    record AssociateRq(
            int protocolVersion,
            String calledAeTitle,
            String callingAeTitle,
            String applicationContext,
            List<ProposedContext> contexts,
            UserInformation user)
            implements Pdu {
        public AssociateRq {
            contexts = List.copyOf(contexts);
        }
    }

    /** A-ASSOCIATE-AC (PS3.8 section 9.3.3). */
    record AssociateAc(
            int protocolVersion,
            String calledAeTitle,
            String callingAeTitle,
            String applicationContext,
            List<ContextResult> contexts,
            UserInformation user)
            implements Pdu {
        public AssociateAc {
            contexts = List.copyOf(contexts);
        }
    }

    /** A-ASSOCIATE-RJ (PS3.8 section 9.3.4). */
    record AssociateRj(int result, int source, int reason) implements Pdu {}

    /** A-RELEASE-RQ (PS3.8 section 9.3.6). */
    record ReleaseRq() implements Pdu {}

    /** A-RELEASE-RP (PS3.8 section 9.3.7). */
    record ReleaseRp() implements Pdu {}

    /** A-ABORT (PS3.8 section 9.3.8): source 0 service user, 2 service provider. */
    record Abort(int source, int reason) implements Pdu {}

    /** A presentation context proposed (PS3.8 section 9.3.2.2). */
    record ProposedContext(int id, String abstractSyntax, List<String> transferSyntaxes) {
        public ProposedContext {
            transferSyntaxes = List.copyOf(transferSyntaxes);
        }
    }

    /**
     * The answer to one context (PS3.8 section 9.3.3.2).
     *
     * @param result 0 acceptance, 1 user rejection, 2 no reason, 3 abstract syntax, 4 transfer syntaxes not supported
     * @param transferSyntax the one chosen; without meaning unless accepted
     */
    record ContextResult(int id, int result, String transferSyntax) {
        public static final int ACCEPTANCE = 0;
        public static final int USER_REJECTION = 1;
        public static final int ABSTRACT_SYNTAX_NOT_SUPPORTED = 3;
        public static final int TRANSFER_SYNTAXES_NOT_SUPPORTED = 4;

        public boolean accepted() {
            return result == ACCEPTANCE;
        }
    }

    /**
     * User information (PS3.8 annex D.1, PS3.7 annex D.3.3).
     *
     * @param maxPduLength longest P-DATA-TF its sender takes, unsigned; 0 without limit
     * @param implementationClassUid empty when missing
     * @param implementationVersionName empty when missing
     * @param window outstanding operations; {@link OperationsWindow#SYNCHRONOUS} when missing
     * @param roles at most 128
     * @param identity null when missing
     */
    record UserInformation(
            long maxPduLength,
            String implementationClassUid,
            String implementationVersionName,
            OperationsWindow window,
            List<RoleSelection> roles,
            UserIdentity identity) {
        public UserInformation {
            roles = List.copyOf(roles);
        }

        /** Synchronous, in the default roles. */
        public UserInformation(long maxPduLength, String implementationClassUid, String implementationVersionName) {
            this(
                    maxPduLength,
                    implementationClassUid,
                    implementationVersionName,
                    OperationsWindow.SYNCHRONOUS,
                    List.of(),
                    null);
        }

        public UserInformation withWindow(OperationsWindow value) {
            return new UserInformation(
                    maxPduLength, implementationClassUid, implementationVersionName, value, roles, identity);
        }

        public UserInformation withRoles(List<RoleSelection> value) {
            return new UserInformation(
                    maxPduLength, implementationClassUid, implementationVersionName, window, value, identity);
        }
    }

    /**
     * How many operations may be without their answers at once (PS3.7 section D.3.3.3); 0 any number, 1 one after the other.
     *
     * @param invoked by the requestor, 0 to 65535
     * @param performed by the requestor, 0 to 65535
     */
    record OperationsWindow(int invoked, int performed) {
        /** What holds when the item is missing; it is not written. */
        public static final OperationsWindow SYNCHRONOUS = new OperationsWindow(1, 1);

        public OperationsWindow {
            if ((invoked | performed) >>> 16 != 0) {
                throw new IllegalArgumentException("numbers of operations are 16 bits");
            }
        }
    }

    /**
     * SCP/SCU role selection (PS3.7 annex D.3.3.4): what the requestor proposes to be, or may be, for a SOP class.
     *
     * @param scu whether the requestor is an SCU
     * @param scp whether the requestor is an SCP
     */
    record RoleSelection(String sopClassUid, boolean scu, boolean scp) {}

    /**
     * User identity (PS3.7 annex D.3.3.7) as far as it is looked at: what it holds is a secret, and is not kept.
     *
     * @param type 1 user name, 2 user name and passcode, 3 Kerberos, 4 SAML, 5 JSON web token
     * @param responseRequested whether a positive response is asked for
     */
    record UserIdentity(int type, boolean responseRequested) {}
}
