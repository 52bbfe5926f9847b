package io.prelim.ingest.web.wado;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.syntax.TransferSyntax;
import io.prelim.ingest.TestObject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * An object that is stored as any other, and whose pixels are not what they say. Three answers, each null where it is 200, else what the
 * detail of a 422 says after the instance's name.
 *
 * @param name     what is wrong
 * @param decoded  of its first frame as octets
 * @param stored   of its first frame as it is stored
 * @param pictured of its picture and its thumbnail
 */
record BadPixels(
        String name, TransferSyntax syntax, TestObject object, String decoded, String stored, String pictured) {
    /** One of 64 × 64 grey samples of 8 bits, which nothing is wrong with yet. */
    static BadPixels of(String name, TransferSyntax syntax) {
        return new BadPixels(name, syntax, TestObject.radiograph(), null, null, null);
    }

    static BadPixels unencoded(String name) {
        return of(name, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
    }

    /** In one fragment without a table. */
    static BadPixels stream(String name, String syntax, byte[] stream) {
        return of(name, TransferSyntax.of(syntax)).fragments(new byte[0], List.of(stream));
    }

    BadPixels fragments(byte[] table, List<byte[]> fragments) {
        List<byte[]> all = new ArrayList<>(List.of(table));
        all.addAll(fragments);
        object.dataSet().putFragments(Tag.PIXEL_DATA, all);
        return this;
    }

    BadPixels number(int tag, int value) {
        object.dataSet().putInteger(tag, value);
        return this;
    }

    BadPixels size(int rows, int columns) {
        return number(Tag.ROWS, rows).number(Tag.COLUMNS, columns);
    }

    BadPixels frames(int frames) {
        object.with(Tag.NUMBER_OF_FRAMES, Integer.toString(frames));
        return this;
    }

    BadPixels words(int tag, int... words) {
        object.dataSet().putBytes(tag, VR.OW, shorts(words));
        return this;
    }

    /** A table of a modality or VOI LUT sequence. */
    BadPixels table(int sequence, int entries, int bits, int... words) {
        DataSet item = new DataSet()
                .putInteger(Tag.LUT_DESCRIPTOR, entries, 0, bits)
                .putBytes(Tag.LUT_DATA, VR.OW, shorts(words));
        object.dataSet().putSequence(sequence, item);
        return this;
    }

    /** Makes its samples indexes. @param data of the tables, from that of red on */
    BadPixels palette(int entries, int bits, int data, int... words) {
        object.with(Tag.PHOTOMETRIC_INTERPRETATION, "PALETTE COLOR");
        for (int colour = 0; colour < 3; colour++) {
            object.dataSet()
                    .putInteger(Tag.RED_PALETTE_COLOR_LOOKUP_TABLE_DESCRIPTOR + colour, entries, 0, bits)
                    .putBytes(data + colour, VR.OW, shorts(words));
        }
        return this;
    }

    /** However it is asked for, it cannot be had. */
    BadPixels never(String detail) {
        return new BadPixels(name, syntax, object, detail, detail, detail);
    }

    /** As it is stored alone. */
    BadPixels onlyStored(String detail) {
        return new BadPixels(name, syntax, object, detail, null, detail);
    }

    /** Its samples are there, and no picture of them. */
    BadPixels notPictured(String detail) {
        return new BadPixels(name, syntax, object, null, null, detail);
    }

    byte[] file() {
        return object.file(syntax);
    }

    @Override
    public String toString() {
        return name;
    }

    static List<byte[]> times(int count, byte[] fragment) {
        return Collections.nCopies(count, fragment);
    }

    static byte[] ints(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            bytes.putInt(value);
        }
        return bytes.array();
    }

    static byte[] longs(long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            bytes.putLong(value);
        }
        return bytes.array();
    }

    private static byte[] shorts(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            bytes.putShort((short) value);
        }
        return bytes.array();
    }
}
