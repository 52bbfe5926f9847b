package io.prelim.testkit.dimse;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Protocol data units of PS3.8 section 9.3 and command sets of PS3.7, put together by hand for scripts. */
public final class Units {
    public static final String RELEASE_RQ = "05 00 00000004 00000000";
    public static final String RELEASE_RP = "06 00 00000004 00000000";

    private static final String APPLICATION_CONTEXT = "1.2.840.10008.3.1.1.1";

    private Units() {}

    /** A-ASSOCIATE-RQ for contexts made by {@link #context}. */
    public static byte[] associateRq(String called, String calling, int maxLength, byte[]... contexts) {
        return associateRqWith(new byte[0], called, calling, maxLength, contexts);
    }

    /** A-ASSOCIATE-RQ that asks for a window of operations (PS3.7 section D.3.3.3). */
    public static byte[] associateRqOfWindow(
            String called, String calling, int maxLength, int invoked, int performed, byte[]... contexts) {
        byte[] window = new Out()
                .item(0x53, new Out().int16(invoked).int16(performed).array())
                .array();
        return associateRqWith(window, called, calling, maxLength, contexts);
    }

    /** A-ASSOCIATE-RQ with further sub-items of user information, such as {@link #roles}. */
    public static byte[] associateRqWith(
            byte[] userItems, String called, String calling, int maxLength, byte[]... contexts) {
        Out body = new Out();
        body.int16(1).int16(0).text(padded(called)).text(padded(calling)).bytes(new byte[32]);
        body.item(0x10, ascii(APPLICATION_CONTEXT));
        for (byte[] context : contexts) {
            body.item(0x20, context);
        }
        body.item(
                0x50,
                new Out()
                        .item(0x51, ByteBuffer.allocate(4).putInt(maxLength).array())
                        .item(0x52, ascii("1.2.3.4"))
                        .bytes(userItems)
                        .array());
        return unit(1, body.array());
    }

    /** A sub-item of user information. */
    public static byte[] userItem(int type, byte[] value) {
        return new Out().item(type, value).array();
    }

    /** The sub-item of SCP/SCU role selection (PS3.7 annex D.3.3.4). */
    public static byte[] roles(String sopClassUid, int scu, int scp) {
        return userItem(
                0x54,
                new Out()
                        .int16(sopClassUid.length())
                        .text(sopClassUid)
                        .bytes(new byte[] {(byte) scu, (byte) scp})
                        .array());
    }

    /** The item of one proposed presentation context. */
    public static byte[] context(int id, String abstractSyntax, String... transferSyntaxes) {
        Out item = new Out().bytes(new byte[] {(byte) id, 0, 0, 0}).item(0x30, ascii(abstractSyntax));
        for (String transferSyntax : transferSyntaxes) {
            item.item(0x40, ascii(transferSyntax));
        }
        return item.array();
    }

    /** A-ASSOCIATE-AC that accepts contexts 1, 3, 5… in the transfer syntaxes given. */
    public static byte[] associateAc(String called, String calling, int maxLength, String... transferSyntaxes) {
        return associateAcWith(new byte[0], called, calling, maxLength, transferSyntaxes);
    }

    /** A-ASSOCIATE-AC with further sub-items of user information, such as {@link #roles}. */
    public static byte[] associateAcWith(
            byte[] userItems, String called, String calling, int maxLength, String... transferSyntaxes) {
        Out body = new Out();
        body.int16(1).int16(0).text(padded(called)).text(padded(calling)).bytes(new byte[32]);
        body.item(0x10, ascii(APPLICATION_CONTEXT));
        for (int i = 0; i < transferSyntaxes.length; i++) {
            body.item(
                    0x21,
                    new Out()
                            .bytes(new byte[] {(byte) (2 * i + 1), 0, 0, 0})
                            .item(0x40, ascii(transferSyntaxes[i]))
                            .array());
        }
        body.item(
                0x50,
                new Out()
                        .item(0x51, ByteBuffer.allocate(4).putInt(maxLength).array())
                        .bytes(userItems)
                        .array());
        return unit(2, body.array());
    }

    /** P-DATA-TF of one presentation data value. */
    public static byte[] data(int contextId, boolean command, boolean last, byte[] fragment) {
        byte[] value = ByteBuffer.allocate(6 + fragment.length)
                .putInt(fragment.length + 2)
                .put((byte) contextId)
                .put((byte) ((command ? 1 : 0) | (last ? 2 : 0)))
                .put(fragment)
                .array();
        return unit(4, value);
    }

    /** The command set of a C-ECHO request. */
    public static byte[] echoRq(int messageId) {
        return command(new Out()
                .element(0x0002, ascii("1.2.840.10008.1.1\0"))
                .us(0x0100, 0x0030)
                .us(0x0110, messageId)
                .us(0x0800, 0x0101));
    }

    /** The command set of a C-STORE request; UIDs are padded. */
    public static byte[] storeRq(int messageId, String sopClassUid, String sopInstanceUid) {
        return command(new Out()
                .element(0x0002, even(sopClassUid))
                .us(0x0100, 0x0001)
                .us(0x0110, messageId)
                .us(0x0700, 0)
                .us(0x0800, 0)
                .element(0x1000, even(sopInstanceUid)));
    }

    /** The command set of any request without UIDs. */
    public static byte[] request(int field, int messageId, boolean dataSet) {
        return command(new Out().us(0x0100, field).us(0x0110, messageId).us(0x0800, dataSet ? 0 : 0x0101));
    }

    /**
     * The command set of any response.
     *
     * @param more element numbers above 0900 and their values of 16 bits, in ascending order
     */
    public static byte[] response(int field, int messageId, int status, boolean dataSet, int... more) {
        Out elements = new Out()
                .us(0x0100, field)
                .us(0x0120, messageId)
                .us(0x0800, dataSet ? 0 : 0x0101)
                .us(0x0900, status);
        for (int i = 0; i < more.length; i += 2) {
            elements.us(more[i], more[i + 1]);
        }
        return command(elements);
    }

    /** A unit of any type. */
    public static byte[] unit(int type, byte[] body) {
        return ByteBuffer.allocate(6 + body.length)
                .put((byte) type)
                .put((byte) 0)
                .putInt(body.length)
                .put(body)
                .array();
    }

    /** The status of a response, from the P-DATA-TF that holds it whole; -1 when there is none. */
    public static int status(byte[] dataUnit) {
        return unsignedShort(dataUnit, 0x0900);
    }

    /** The message ID being responded to, from the P-DATA-TF that holds the response whole; -1 when there is none. */
    public static int respondedTo(byte[] dataUnit) {
        return unsignedShort(dataUnit, 0x0120);
    }

    private static int unsignedShort(byte[] dataUnit, int wanted) {
        ByteBuffer elements = ByteBuffer.wrap(dataUnit).order(ByteOrder.LITTLE_ENDIAN);
        elements.position(12);
        while (elements.remaining() >= 8) {
            int group = elements.getShort();
            int element = elements.getShort() & 0xFFFF;
            int length = elements.getInt();
            if (group == 0 && element == wanted) {
                return elements.getShort() & 0xFFFF;
            }
            elements.position(elements.position() + length);
        }
        return -1;
    }

    private static byte[] command(Out elements) {
        byte[] length = ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(elements.array().length)
                .array();
        return new Out().element(0x0000, length).bytes(elements.array()).array();
    }

    private static String padded(String title) {
        return (title + " ".repeat(16)).substring(0, 16);
    }

    private static byte[] even(String uid) {
        return ascii(uid.length() % 2 == 0 ? uid : uid + "\0");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Bytes in the making. */
    private static final class Out {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Out int16(int value) {
            bytes.write(value >>> 8);
            bytes.write(value);
            return this;
        }

        Out text(String text) {
            return bytes(ascii(text));
        }

        Out bytes(byte[] array) {
            bytes.writeBytes(array);
            return this;
        }

        Out item(int type, byte[] value) {
            bytes.write(type);
            bytes.write(0);
            return int16(value.length).bytes(value);
        }

        /** An element of group 0000, implicit VR little endian. */
        Out element(int element, byte[] value) {
            return bytes(ByteBuffer.allocate(8)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putShort((short) 0)
                            .putShort((short) element)
                            .putInt(value.length)
                            .array())
                    .bytes(value);
        }

        Out us(int element, int value) {
            return element(element, new byte[] {(byte) value, (byte) (value >>> 8)});
        }

        byte[] array() {
            return bytes.toByteArray();
        }
    }
}
