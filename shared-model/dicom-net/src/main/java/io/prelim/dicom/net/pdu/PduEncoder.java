package io.prelim.dicom.net.pdu;

import io.prelim.dicom.net.pdu.Pdu.ContextResult;
import io.prelim.dicom.net.pdu.Pdu.OperationsWindow;
import io.prelim.dicom.net.pdu.Pdu.ProposedContext;
import io.prelim.dicom.net.pdu.Pdu.RoleSelection;
import io.prelim.dicom.net.pdu.Pdu.UserInformation;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Protocol data units to bytes, header and all. */
public final class PduEncoder {
    /** Type, reserved, length. */
    public static final int HEADER_LENGTH = 6;

    /** Length, context id and message control header of a presentation data value (PS3.8 section 9.3.5.1). */
    public static final int PDV_HEADER_LENGTH = 6;

    private PduEncoder() {}

    public static byte[] encode(Pdu pdu) {
        if (pdu instanceof Pdu.AssociateRq rq) {
            return associateRq(rq);
        }
        if (pdu instanceof Pdu.AssociateAc ac) {
            return associateAc(ac);
        }
        if (pdu instanceof Pdu.AssociateRj rj) {
            return fourBytes(PduType.A_ASSOCIATE_RJ, rj.result(), rj.source(), rj.reason());
        }
        if (pdu instanceof Pdu.ReleaseRq) {
            return fourBytes(PduType.A_RELEASE_RQ, 0, 0, 0);
        }
        if (pdu instanceof Pdu.ReleaseRp) {
            return fourBytes(PduType.A_RELEASE_RP, 0, 0, 0);
        }
        Pdu.Abort abort = (Pdu.Abort) pdu;
        return fourBytes(PduType.A_ABORT, 0, abort.source(), abort.reason());
    }

    /**
     * Writes the headers of a P-DATA-TF that holds one presentation data value.
     *
     * @param buffer takes twelve bytes at {@code at}
     * @param length bytes of the fragment that follow
     */
    public static void dataHeader(byte[] buffer, int at, int contextId, boolean command, boolean last, int length) {
        buffer[at] = (byte) PduType.P_DATA_TF.code();
        buffer[at + 1] = 0;
        int32(buffer, at + 2, length + PDV_HEADER_LENGTH);
        int32(buffer, at + 6, length + 2);
        buffer[at + 10] = (byte) contextId;
        buffer[at + 11] = (byte) ((command ? 1 : 0) | (last ? 2 : 0));
    }

    private static byte[] associateRq(Pdu.AssociateRq rq) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(1024);
        fixed(body, rq.protocolVersion(), rq.calledAeTitle(), rq.callingAeTitle());
        item(body, PduDecoder.APPLICATION_CONTEXT, ascii(rq.applicationContext()));
        for (ProposedContext context : rq.contexts()) {
            ByteArrayOutputStream item = new ByteArrayOutputStream();
            item.writeBytes(new byte[] {(byte) context.id(), 0, 0, 0});
            item(item, PduDecoder.ABSTRACT_SYNTAX, ascii(context.abstractSyntax()));
            for (String transferSyntax : context.transferSyntaxes()) {
                item(item, PduDecoder.TRANSFER_SYNTAX, ascii(transferSyntax));
            }
            item(body, PduDecoder.PROPOSED_CONTEXT, item.toByteArray());
        }
        user(body, rq.user());
        return unit(PduType.A_ASSOCIATE_RQ, body);
    }

    private static byte[] associateAc(Pdu.AssociateAc ac) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(1024);
        fixed(body, ac.protocolVersion(), ac.calledAeTitle(), ac.callingAeTitle());
        item(body, PduDecoder.APPLICATION_CONTEXT, ascii(ac.applicationContext()));
        for (ContextResult context : ac.contexts()) {
            ByteArrayOutputStream item = new ByteArrayOutputStream();
            item.writeBytes(new byte[] {(byte) context.id(), 0, (byte) context.result(), 0});
            item(item, PduDecoder.TRANSFER_SYNTAX, ascii(context.transferSyntax()));
            item(body, PduDecoder.CONTEXT_RESULT, item.toByteArray());
        }
        user(body, ac.user());
        return unit(PduType.A_ASSOCIATE_AC, body);
    }

    private static void fixed(ByteArrayOutputStream body, int version, String called, String calling) {
        int16(body, version);
        int16(body, 0);
        title(body, called);
        title(body, calling);
        body.writeBytes(new byte[32]);
    }

    private static void title(ByteArrayOutputStream body, String title) {
        for (int i = 0; i < 16; i++) {
            body.write(i < title.length() ? title.charAt(i) : ' ');
        }
    }

    private static void user(ByteArrayOutputStream body, UserInformation user) {
        ByteArrayOutputStream items = new ByteArrayOutputStream();
        byte[] length = new byte[4];
        int32(length, 0, (int) user.maxPduLength());
        item(items, PduDecoder.MAXIMUM_LENGTH, length);
        if (!user.implementationClassUid().isEmpty()) {
            item(items, PduDecoder.IMPLEMENTATION_CLASS_UID, ascii(user.implementationClassUid()));
        }
        OperationsWindow window = user.window();
        if (!window.equals(OperationsWindow.SYNCHRONOUS)) {
            byte[] numbers = new byte[4];
            int32(numbers, 0, window.invoked() << 16 | window.performed());
            item(items, PduDecoder.OPERATIONS_WINDOW, numbers);
        }
        if (!user.implementationVersionName().isEmpty()) {
            item(items, PduDecoder.IMPLEMENTATION_VERSION_NAME, ascii(user.implementationVersionName()));
        }
        for (RoleSelection role : user.roles()) {
            byte[] uid = ascii(role.sopClassUid());
            ByteArrayOutputStream item = new ByteArrayOutputStream();
            int16(item, uid.length);
            item.writeBytes(uid);
            item.write(role.scu() ? 1 : 0);
            item.write(role.scp() ? 1 : 0);
            item(items, PduDecoder.ROLE_SELECTION, item.toByteArray());
        }
        item(body, PduDecoder.USER_INFORMATION, items.toByteArray());
    }

    private static void item(ByteArrayOutputStream out, int type, byte[] value) {
        out.write(type);
        out.write(0);
        int16(out, value.length);
        out.writeBytes(value);
    }

    private static byte[] unit(PduType type, ByteArrayOutputStream body) {
        byte[] unit = new byte[HEADER_LENGTH + body.size()];
        unit[0] = (byte) type.code();
        int32(unit, 2, body.size());
        System.arraycopy(body.toByteArray(), 0, unit, HEADER_LENGTH, body.size());
        return unit;
    }

    private static byte[] fourBytes(PduType type, int second, int third, int fourth) {
        return new byte[] {(byte) type.code(), 0, 0, 0, 0, 4, 0, (byte) second, (byte) third, (byte) fourth};
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void int16(ByteArrayOutputStream out, int value) {
        out.write(value >>> 8);
        out.write(value);
    }

    private static void int32(byte[] buffer, int at, int value) {
        buffer[at] = (byte) (value >>> 24);
        buffer[at + 1] = (byte) (value >>> 16);
        buffer[at + 2] = (byte) (value >>> 8);
        buffer[at + 3] = (byte) value;
    }
}
