package io.prelim.dicom.net.pdu;

import static io.prelim.dicom.net.pdu.PduException.INVALID_PARAMETER_VALUE;

import io.prelim.dicom.net.pdu.Pdu.ContextResult;
import io.prelim.dicom.net.pdu.Pdu.OperationsWindow;
import io.prelim.dicom.net.pdu.Pdu.ProposedContext;
import io.prelim.dicom.net.pdu.Pdu.RoleSelection;
import io.prelim.dicom.net.pdu.Pdu.UserIdentity;
import io.prelim.dicom.net.pdu.Pdu.UserInformation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Bytes to protocol data units: pure, bounded by the bytes given. Unknown items are passed over (PS3.8 section 9.3.1). */
public final class PduDecoder {
    /** Presentation contexts an association may have: the odd numbers up to 255. */
    public static final int MAX_CONTEXTS = 128;

    static final int APPLICATION_CONTEXT = 0x10;
    static final int PROPOSED_CONTEXT = 0x20;
    static final int CONTEXT_RESULT = 0x21;
    static final int ABSTRACT_SYNTAX = 0x30;
    static final int TRANSFER_SYNTAX = 0x40;
    static final int USER_INFORMATION = 0x50;
    static final int MAXIMUM_LENGTH = 0x51;
    static final int IMPLEMENTATION_CLASS_UID = 0x52;
    static final int OPERATIONS_WINDOW = 0x53;
    static final int ROLE_SELECTION = 0x54;
    static final int IMPLEMENTATION_VERSION_NAME = 0x55;
    static final int USER_IDENTITY = 0x58;

    /** More transfer syntaxes in one context than any registry holds are passed over. */
    private static final int MAX_SYNTAXES = 128;

    private PduDecoder() {}

    /**
     * The unit of a type and the bytes after its six-byte header.
     *
     * @throws PduException when the body is not of that type's form
     */
    public static Pdu decode(PduType type, ByteBuffer body) throws PduException {
        return switch (type) {
            case A_ASSOCIATE_RQ -> associateRq(body);
            case A_ASSOCIATE_AC -> associateAc(body);
            case A_ASSOCIATE_RJ -> {
                fourBytes(body);
                yield new Pdu.AssociateRj(unsigned(body, 1), unsigned(body, 2), unsigned(body, 3));
            }
            case A_RELEASE_RQ -> {
                fourBytes(body);
                yield new Pdu.ReleaseRq();
            }
            case A_RELEASE_RP -> {
                fourBytes(body);
                yield new Pdu.ReleaseRp();
            }
            case A_ABORT -> {
                fourBytes(body);
                yield new Pdu.Abort(unsigned(body, 2), unsigned(body, 3));
            }
            case P_DATA_TF -> throw new IllegalArgumentException("P-DATA-TF is streamed");
        };
    }

    private static Pdu.AssociateRq associateRq(ByteBuffer body) throws PduException {
        Fixed fixed = fixed(body);
        String applicationContext = "";
        UserInformation user = new UserInformation(0, "", "");
        List<ProposedContext> contexts = new ArrayList<>();
        while (body.hasRemaining()) {
            int type = body.get() & 0xFF;
            ByteBuffer item = item(body);
            switch (type) {
                case APPLICATION_CONTEXT -> applicationContext = uid(item);
                case PROPOSED_CONTEXT -> {
                    ProposedContext context = proposedContext(item);
                    if (contexts.size() <= MAX_CONTEXTS) {
                        contexts.add(context);
                    }
                }
                case USER_INFORMATION -> user = userInformation(item);
                default -> {}
            }
        }
        return new Pdu.AssociateRq(fixed.version, fixed.called, fixed.calling, applicationContext, contexts, user);
    }

    private static Pdu.AssociateAc associateAc(ByteBuffer body) throws PduException {
        Fixed fixed = fixed(body);
        String applicationContext = "";
        UserInformation user = new UserInformation(0, "", "");
        List<ContextResult> contexts = new ArrayList<>();
        while (body.hasRemaining()) {
            int type = body.get() & 0xFF;
            ByteBuffer item = item(body);
            switch (type) {
                case APPLICATION_CONTEXT -> applicationContext = uid(item);
                case CONTEXT_RESULT -> {
                    ContextResult context = contextResult(item);
                    if (contexts.size() <= MAX_CONTEXTS) {
                        contexts.add(context);
                    }
                }
                case USER_INFORMATION -> user = userInformation(item);
                default -> {}
            }
        }
        return new Pdu.AssociateAc(fixed.version, fixed.called, fixed.calling, applicationContext, contexts, user);
    }

    private record Fixed(int version, String called, String calling) {}

    /** Protocol version, reserved, the two titles, reserved (PS3.8 table 9-11). */
    private static Fixed fixed(ByteBuffer body) throws PduException {
        if (body.remaining() < 68) {
            throw invalid("association unit too short", body, body.remaining());
        }
        int version = body.getShort() & 0xFFFF;
        body.getShort();
        String called = text(body, 16);
        String calling = text(body, 16);
        body.position(body.position() + 32);
        return new Fixed(version, called, calling);
    }

    private static ProposedContext proposedContext(ByteBuffer item) throws PduException {
        int id = contextHead(item);
        String abstractSyntax = "";
        List<String> transferSyntaxes = new ArrayList<>(2);
        while (item.hasRemaining()) {
            int type = item.get() & 0xFF;
            ByteBuffer inner = item(item);
            if (type == ABSTRACT_SYNTAX) {
                abstractSyntax = uid(inner);
            } else if (type == TRANSFER_SYNTAX && transferSyntaxes.size() < MAX_SYNTAXES) {
                transferSyntaxes.add(uid(inner));
            }
        }
        return new ProposedContext(id, abstractSyntax, transferSyntaxes);
    }

    private static ContextResult contextResult(ByteBuffer item) throws PduException {
        int result = item.remaining() > 2 ? item.get(item.position() + 2) & 0xFF : 0;
        int id = contextHead(item);
        String transferSyntax = "";
        while (item.hasRemaining()) {
            int type = item.get() & 0xFF;
            ByteBuffer inner = item(item);
            if (type == TRANSFER_SYNTAX) {
                transferSyntax = uid(inner);
            }
        }
        return new ContextResult(id, result, transferSyntax);
    }

    private static int contextHead(ByteBuffer item) throws PduException {
        if (item.remaining() < 4) {
            throw invalid("presentation context too short", item, item.remaining());
        }
        int id = item.get() & 0xFF;
        item.position(item.position() + 3);
        return id;
    }

    private static UserInformation userInformation(ByteBuffer items) throws PduException {
        long maxLength = 0;
        String classUid = "";
        String versionName = "";
        OperationsWindow window = OperationsWindow.SYNCHRONOUS;
        UserIdentity identity = null;
        List<RoleSelection> roles = new ArrayList<>(0);
        while (items.hasRemaining()) {
            int type = items.get() & 0xFF;
            ByteBuffer item = item(items);
            switch (type) {
                case MAXIMUM_LENGTH -> {
                    if (item.remaining() != 4) {
                        throw invalid("maximum length is not four bytes", item, item.remaining());
                    }
                    maxLength = item.getInt() & 0xFFFFFFFFL;
                }
                case IMPLEMENTATION_CLASS_UID -> classUid = uid(item);
                case OPERATIONS_WINDOW -> {
                    if (item.remaining() != 4) {
                        throw invalid("operations window is not four bytes", item, item.remaining());
                    }
                    window = new OperationsWindow(item.getShort() & 0xFFFF, item.getShort() & 0xFFFF);
                }
                case IMPLEMENTATION_VERSION_NAME -> versionName = uid(item);
                case ROLE_SELECTION -> {
                    RoleSelection role = roleSelection(item);
                    if (roles.size() < MAX_CONTEXTS) {
                        roles.add(role);
                    }
                }
                case USER_IDENTITY -> identity = userIdentity(item);
                default -> {}
            }
        }
        return new UserInformation(maxLength, classUid, versionName, window, roles, identity);
    }

    private static RoleSelection roleSelection(ByteBuffer item) throws PduException {
        ByteBuffer uid = field(item);
        if (item.remaining() != 2) {
            throw invalid("role selection without its two roles", item, item.remaining());
        }
        return new RoleSelection(uid(uid), item.get() != 0, item.get() != 0);
    }

    private static UserIdentity userIdentity(ByteBuffer item) throws PduException {
        if (item.remaining() < 2) {
            throw invalid("user identity too short", item, item.remaining());
        }
        UserIdentity identity = new UserIdentity(item.get() & 0xFF, item.get() != 0);
        field(item);
        field(item);
        return identity;
    }

    /** A field with a 16-bit length before it. */
    private static ByteBuffer field(ByteBuffer item) throws PduException {
        if (item.remaining() < 2) {
            throw invalid("field length cut short", item, item.remaining());
        }
        int length = item.getShort() & 0xFFFF;
        if (length > item.remaining()) {
            throw invalid("field longer than its item", item, length);
        }
        ByteBuffer field = item.slice(item.position(), length);
        item.position(item.position() + length);
        return field;
    }

    /** The bytes of an item whose type byte was read: a reserved byte, a 16-bit length, the value. */
    private static ByteBuffer item(ByteBuffer buffer) throws PduException {
        if (buffer.remaining() < 3) {
            throw invalid("item header cut short", buffer, buffer.remaining());
        }
        buffer.get();
        int length = buffer.getShort() & 0xFFFF;
        if (length > buffer.remaining()) {
            throw invalid("item longer than what holds it", buffer, length);
        }
        ByteBuffer item = buffer.slice(buffer.position(), length);
        buffer.position(buffer.position() + length);
        return item;
    }

    private static String text(ByteBuffer buffer, int length) {
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static String uid(ByteBuffer item) {
        return Printable.of(text(item, item.remaining()));
    }

    private static void fourBytes(ByteBuffer body) throws PduException {
        if (body.remaining() != 4) {
            throw invalid("unit is not four bytes long", body, body.remaining());
        }
    }

    private static int unsigned(ByteBuffer body, int at) {
        return body.get(body.position() + at) & 0xFF;
    }

    private static PduException invalid(String what, ByteBuffer at, long amount) {
        return new PduException(INVALID_PARAMETER_VALUE, what, at.position(), amount);
    }
}
