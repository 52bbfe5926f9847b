package io.prelim.inference.runtime;

/** Walks the fields of one protobuf message in place (wire types 0, 1, 2, 5; groups are refused). Nothing is copied but short texts. */
final class ProtobufFields {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;
    private static final int MAX_TEXT = 1024;

    private final byte[] bytes;
    private final int end;
    private int at;
    private int number;
    private int type;
    private long varint;
    private int from;

    ProtobufFields(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private ProtobufFields(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
    }

    /** Steps to the next field. */
    boolean next() throws ModelFailure {
        if (at == end) {
            return false;
        }
        long key = readVarint();
        if (key >>> 3 == 0 || key >>> 3 > Integer.MAX_VALUE >>> 2) {
            throw malformed("field number " + (key >>> 3));
        }
        number = (int) (key >>> 3);
        type = (int) (key & 7);
        varint = 0;
        if (type == VARINT) {
            varint = readVarint();
        } else if (type == BYTES) {
            long length = readVarint();
            from = at;
            skip(length);
        } else if (type == FIXED64 || type == FIXED32) {
            skip(type == FIXED64 ? 8 : 4);
        } else {
            throw malformed("wire type " + type);
        }
        return true;
    }

    int number() {
        return number;
    }

    long varint() {
        return varint;
    }

    /** Bytes of the message these fields are of, from here to its end. */
    int remaining() {
        return end - at;
    }

    ProtobufFields message() throws ModelFailure {
        if (type != BYTES) {
            throw malformed("wire type " + type + " where a message belongs");
        }
        return new ProtobufFields(bytes, from, at);
    }

    byte[] text() throws ModelFailure {
        if (type != BYTES || at - from > MAX_TEXT) {
            throw malformed("no short text where one belongs");
        }
        return java.util.Arrays.copyOfRange(bytes, from, at);
    }

    /** A number, or numbers packed: a repeated integer field comes as either. */
    java.util.List<Long> varints() throws ModelFailure {
        if (type == VARINT) {
            return java.util.List.of(varint);
        }
        ProtobufFields packed = message();
        java.util.List<Long> values = new java.util.ArrayList<>();
        while (packed.at < packed.end) {
            values.add(packed.readVarint());
            if (values.size() > MAX_TEXT) {
                throw malformed("more than " + MAX_TEXT + " numbers where a few belong");
            }
        }
        return values;
    }

    private void skip(long length) throws ModelFailure {
        if (length < 0 || length > end - at) {
            throw malformed("length " + length + " with " + (end - at) + " bytes left");
        }
        at += (int) length;
    }

    private long readVarint() throws ModelFailure {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at == end) {
                throw malformed("end of message in a number");
            }
            byte next = bytes[at++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw malformed("a number of more than 64 bits");
    }

    private ModelFailure malformed(String what) {
        return new ModelFailure("the file is no ONNX model: " + what + " at byte " + at);
    }
}
