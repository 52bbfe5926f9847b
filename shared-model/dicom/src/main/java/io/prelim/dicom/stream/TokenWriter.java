package io.prelim.dicom.stream;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.encoding.Values;
import io.prelim.dicom.syntax.TransferSyntax;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes a data set token by token (PS3.5 section 7). The caller gives tags in order and knows the lengths it announces; with
 * {@link TokenReader#UNDEFINED_LENGTH} the end is marked by a delimiter.
 */
public final class TokenWriter {
    /** Longest value a 16-bit length can tell. */
    private static final int MAX_SHORT_LENGTH = 0xFFFF;

    private final OutputStream out;
    private final byte[] buffer = new byte[12];
    private boolean explicitVr;
    private boolean bigEndian;

    public TokenWriter(OutputStream out, TransferSyntax syntax) {
        this(out, syntax.explicitVr(), syntax.bigEndian());
    }

    private TokenWriter(OutputStream out, boolean explicitVr, boolean bigEndian) {
        this.out = out;
        this.explicitVr = explicitVr;
        this.bigEndian = bigEndian;
    }

    /** A writer to the same stream for the items of a UN sequence: implicit VR little endian. */
    public TokenWriter forUnknown() {
        return new TokenWriter(out, false, false);
    }

    /**
     * Bytes of an element's header.
     *
     * @param length bytes of the value; a value too long for the representation's length field is written as UN
     */
    public static int headerLength(boolean explicitVr, VR vr, long length) {
        return explicitVr && (vr.longLength() || length > MAX_SHORT_LENGTH) ? 12 : 8;
    }

    /** Writes an element; numbers of the value are little endian and turned as the syntax needs. */
    public void value(int tag, VR vr, byte[] value) throws IOException {
        element(tag, vr, value.length);
        int unit = vr.longLength() || value.length <= MAX_SHORT_LENGTH || !explicitVr ? vr.unit() : 1;
        if (bigEndian && unit > 1) {
            byte[] swapped = value.clone();
            Values.swap(swapped, 0, swapped.length, unit);
            out.write(swapped);
        } else {
            out.write(value);
        }
    }

    /** Begins an element whose value the caller writes to the stream, in the byte order of the syntax. */
    public void valueStart(int tag, VR vr, long length) throws IOException {
        element(tag, vr, length);
    }

    public void sequenceStart(int tag, VR vr, long length) throws IOException {
        element(tag, vr, length);
    }

    public void itemStart(long length) throws IOException {
        item(Tag.ITEM, length);
    }

    /** Marks the end of an item of undefined length. */
    public void itemDelimiter() throws IOException {
        item(Tag.ITEM_DELIMITATION, 0);
    }

    /** Marks the end of a sequence of undefined length, or of fragments. */
    public void sequenceDelimiter() throws IOException {
        item(Tag.SEQUENCE_DELIMITATION, 0);
    }

    /** Begins encapsulated pixel data; {@link #fragment} and a {@link #sequenceDelimiter} follow. */
    public void fragmentsStart(int tag, VR vr) throws IOException {
        element(tag, vr, TokenReader.UNDEFINED_LENGTH);
    }

    public void fragment(byte[] bytes) throws IOException {
        item(Tag.ITEM, bytes.length);
        out.write(bytes);
    }

    private void item(int tag, long length) throws IOException {
        tag(tag);
        int32(4, length);
        out.write(buffer, 0, 8);
    }

    private void element(int tag, VR wanted, long length) throws IOException {
        tag(tag);
        if (!explicitVr) {
            int32(4, length);
            out.write(buffer, 0, 8);
            return;
        }
        // PS3.5 section 6.2.2 note 5: what a 16-bit length cannot tell is written as UN
        VR vr = wanted.longLength() || length <= MAX_SHORT_LENGTH ? wanted : VR.UN;
        buffer[4] = (byte) vr.name().charAt(0);
        buffer[5] = (byte) vr.name().charAt(1);
        if (vr.longLength()) {
            buffer[6] = 0;
            buffer[7] = 0;
            int32(8, length);
            out.write(buffer, 0, 12);
        } else {
            int16(6, (int) length);
            out.write(buffer, 0, 8);
        }
    }

    private void tag(int tag) {
        int16(0, Tag.group(tag));
        int16(2, Tag.element(tag));
    }

    private void int16(int at, int value) {
        buffer[bigEndian ? at : at + 1] = (byte) (value >>> 8);
        buffer[bigEndian ? at + 1 : at] = (byte) value;
    }

    private void int32(int at, long value) {
        int16(bigEndian ? at : at + 2, (int) (value >>> 16));
        int16(bigEndian ? at + 2 : at, (int) value);
    }
}
