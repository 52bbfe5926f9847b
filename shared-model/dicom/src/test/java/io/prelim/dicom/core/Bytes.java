package io.prelim.dicom.core;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Byte fixtures written field by field: hexadecimal digits (blanks between them are free) and text. */
public final class Bytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Bytes() {}

    public static Bytes of() {
        return new Bytes();
    }

    public Bytes hex(String digits) {
        String plain = digits.replace(" ", "");
        for (int i = 0; i < plain.length(); i += 2) {
            out.write(Integer.parseInt(plain.substring(i, i + 2), 16));
        }
        return this;
    }

    public Bytes text(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    public Bytes bytes(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    public Bytes times(int count, String digits) {
        for (int i = 0; i < count; i++) {
            hex(digits);
        }
        return this;
    }

    public byte[] array() {
        return out.toByteArray();
    }
}
