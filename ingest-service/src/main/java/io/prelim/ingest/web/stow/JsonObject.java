package io.prelim.ingest.web.stow;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DataSetWriter;
import io.prelim.dicom.object.Element;
import io.prelim.dicom.syntax.TransferSyntax;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;

/** An object of DICOM JSON that waits for its bulk data (PS3.18 section 10.5.2). For one thread. */
final class JsonObject {
    private static final TransferSyntax NATIVE = TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN;
    private static final int ELEMENT_HEADER = 12;
    private static final int ITEM_HEADER = 8;
    private static final long UNDEFINED_LENGTH = 0xFFFF_FFFFL;

    /** Longest even value that a 32 bit length can tell of. */
    static final long MAX_PIXELS = UNDEFINED_LENGTH - 1;

    private final DataSet dataSet;
    private int missing;
    private BulkSpool.Slice pixels;
    private VR pixelsVr;
    private TransferSyntax syntax = NATIVE;
    private FailureReason refused;

    /** @param missing values that come as bulk data */
    JsonObject(DataSet dataSet, int missing) {
        this.dataSet = dataSet;
        this.missing = missing;
        // group 0002 is a file's, not a data set's (PS3.10 section 7.1)
        dataSet.elements().stream()
                .mapToInt(Element::tag)
                .filter(tag -> Tag.group(tag) == 2)
                .boxed()
                .toList()
                .forEach(dataSet::remove);
    }

    String sopClassUid() {
        return dataSet.string(Tag.SOP_CLASS_UID);
    }

    String sopInstanceUid() {
        return dataSet.string(Tag.SOP_INSTANCE_UID);
    }

    String transferSyntaxUid() {
        return syntax.uid();
    }

    /** Whether this is the data set itself rather than an item in it. */
    boolean is(DataSet other) {
        return dataSet == other;
    }

    int frames() {
        return dataSet.integer(Tag.NUMBER_OF_FRAMES, 1);
    }

    /** Null unless some of its bulk data is not taken. */
    FailureReason refused() {
        return refused;
    }

    boolean complete() {
        return missing == 0;
    }

    BulkSpool.Slice pixels() {
        return pixels;
    }

    /** A value has come, and is in its place. */
    void arrived() {
        missing--;
    }

    /** The value of pixel data has come: native, or the stream of a codec. */
    void arrived(BulkSpool.Slice slice, VR vr, TransferSyntax in) {
        missing--;
        pixels = slice;
        pixelsVr = vr;
        syntax = in;
    }

    /** A value has come that is not taken. */
    void refused(FailureReason reason) {
        missing--;
        refused = reason;
    }

    /** The data set in its transfer syntax. */
    InputStream bytes(BulkSpool spool) throws IOException {
        if (pixels == null) {
            return stream(dataSet);
        }
        DataSet before = new DataSet();
        DataSet after = new DataSet();
        for (Element element : dataSet.elements()) {
            int order = Integer.compareUnsigned(element.tag(), Tag.PIXEL_DATA);
            if (order != 0) {
                (order < 0 ? before : after).put(element);
            }
        }
        byte[] padding = new byte[(int) (pixels.length() & 1)];
        long even = pixels.length() + padding.length;
        byte[] head = syntax.encapsulated() ? fragment(even) : element(pixelsVr == VR.OB ? VR.OB : VR.OW, even);
        byte[] tail = syntax.encapsulated() ? item(Tag.SEQUENCE_DELIMITATION, 0) : new byte[0];
        return new SequenceInputStream(Collections.enumeration(List.of(
                stream(before),
                new ByteArrayInputStream(head),
                spool.stream(pixels),
                new ByteArrayInputStream(padding),
                new ByteArrayInputStream(tail),
                stream(after))));
    }

    /** Pixel data of an empty offset table and one fragment (PS3.5 annex A.4), up to the fragment's bytes. */
    private static byte[] fragment(long length) {
        return ByteBuffer.allocate(ELEMENT_HEADER + 2 * ITEM_HEADER)
                .put(element(VR.OB, UNDEFINED_LENGTH))
                .put(item(Tag.ITEM, 0))
                .put(item(Tag.ITEM, length))
                .array();
    }

    private static byte[] element(VR vr, long length) {
        return ByteBuffer.allocate(ELEMENT_HEADER)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) Tag.group(Tag.PIXEL_DATA))
                .putShort((short) Tag.element(Tag.PIXEL_DATA))
                .put(vr.name().getBytes(StandardCharsets.US_ASCII))
                .putShort((short) 0)
                .putInt((int) length)
                .array();
    }

    private static byte[] item(int tag, long length) {
        return ByteBuffer.allocate(ITEM_HEADER)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) Tag.group(tag))
                .putShort((short) Tag.element(tag))
                .putInt((int) length)
                .array();
    }

    private static InputStream stream(DataSet dataSet) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DataSetWriter.write(dataSet, NATIVE, out);
        return new ByteArrayInputStream(out.toByteArray());
    }
}
