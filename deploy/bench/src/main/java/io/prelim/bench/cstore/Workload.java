package io.prelim.bench.cstore;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DataSetWriter;
import io.prelim.dicom.syntax.TransferSyntax;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * CT images of one size, made by number, {@value #STUDY} to a study: header and pixels of every two differ, and the same number
 * gives the same bytes again. Explicit VR little endian.
 */
final class Workload {
    /** Digits of the number at the end of the SOP Instance UID. */
    private static final int DIGITS = 9;

    private static final int ROW_BYTES = 1024;

    private static final int STUDY = 400;

    private final String uidRoot;
    private final byte[] template;
    private final int instanceAt;
    private final int studyAt;
    private final int seriesAt;
    private final int pixelsAt;

    /**
     * @param seed parts the objects of one run from another's
     * @param pixelBytes about so many bytes of pixel data, a multiple of 1024
     */
    Workload(long seed, int pixelBytes) {
        this.uidRoot = "1.2.826.0.1.3680043.10.1404." + seed;
        byte[] pixels = new byte[pixelBytes / ROW_BYTES * ROW_BYTES];
        new Random(seed).nextBytes(pixels);
        this.template = bytes(header(pixels.length / ROW_BYTES).putBytes(Tag.PIXEL_DATA, VR.OW, pixels));
        this.instanceAt = digitsOf(sopInstanceUid(0));
        this.studyAt = digitsOf(studyInstanceUid(0));
        this.seriesAt = digitsOf(seriesInstanceUid(0));
        this.pixelsAt = template.length - pixels.length;
    }

    String sopInstanceUid(int number) {
        return uidRoot + ".1" + digits(number);
    }

    private String studyInstanceUid(int number) {
        return uidRoot + ".2" + digits(number / STUDY);
    }

    private String seriesInstanceUid(int number) {
        return uidRoot + ".3" + digits(number / STUDY);
    }

    private static String digits(int number) {
        return String.format("%0" + DIGITS + "d", number);
    }

    private int digitsOf(String uid) {
        return find(template, uid.getBytes(StandardCharsets.US_ASCII)) + uid.length() - DIGITS;
    }

    /** Bytes of each data set. */
    int length() {
        return template.length;
    }

    /** A copy to be made into one object after another. */
    byte[] buffer() {
        return template.clone();
    }

    /** Makes the buffer the object of that number. */
    void become(byte[] buffer, int number) {
        put(buffer, instanceAt, number);
        put(buffer, studyAt, number / STUDY);
        put(buffer, seriesAt, number / STUDY);
        ByteBuffer.wrap(buffer).putInt(pixelsAt, number);
    }

    private static void put(byte[] buffer, int at, int number) {
        System.arraycopy(digits(number).getBytes(StandardCharsets.US_ASCII), 0, buffer, at, DIGITS);
    }

    /** The header of a CT image as a scanner writes it: some hundred elements, a few sequences. */
    private DataSet header(int rows) {
        DataSet image = new DataSet()
                .putString(Tag.SPECIFIC_CHARACTER_SET, "ISO_IR 100")
                .putString(Tag.IMAGE_TYPE, "ORIGINAL", "PRIMARY", "AXIAL")
                .putString(Tag.SOP_CLASS_UID, Uid.CT_IMAGE_STORAGE)
                .putString(Tag.SOP_INSTANCE_UID, sopInstanceUid(0))
                .putString(Tag.STUDY_DATE, "20260102")
                .putString(Tag.STUDY_TIME, "101112")
                .putString(Tag.ACCESSION_NUMBER, "BENCH")
                .putString(Tag.MODALITY, "CT")
                .putString(Tag.MANUFACTURER, "SYNTHETIC")
                .putString(Tag.STUDY_DESCRIPTION, "SYNTHETIC")
                .putString(Tag.PATIENT_NAME, "SYNTHETIC^BENCH")
                .putString(Tag.PATIENT_ID, "BENCH")
                .putString(Tag.BODY_PART_EXAMINED, "CHEST")
                .putString(Tag.STUDY_INSTANCE_UID, studyInstanceUid(0))
                .putString(Tag.SERIES_INSTANCE_UID, seriesInstanceUid(0))
                .putString(Tag.STUDY_ID, "1")
                .putInteger(Tag.SERIES_NUMBER, 1)
                .putInteger(Tag.INSTANCE_NUMBER, 1)
                .putDecimal(Tag.IMAGE_POSITION_PATIENT, -250, -250, 17.5)
                .putDecimal(Tag.IMAGE_ORIENTATION_PATIENT, 1, 0, 0, 0, 1, 0)
                .putInteger(Tag.SAMPLES_PER_PIXEL, 1)
                .putString(Tag.PHOTOMETRIC_INTERPRETATION, "MONOCHROME2")
                .putInteger(Tag.ROWS, rows)
                .putInteger(Tag.COLUMNS, ROW_BYTES / 2)
                .putDecimal(Tag.PIXEL_SPACING, 0.976562, 0.976562)
                .putInteger(Tag.BITS_ALLOCATED, 16)
                .putInteger(Tag.BITS_STORED, 12)
                .putInteger(Tag.HIGH_BIT, 11)
                .putInteger(Tag.PIXEL_REPRESENTATION, 0)
                .putDecimal(Tag.WINDOW_CENTER, 40)
                .putDecimal(Tag.WINDOW_WIDTH, 400)
                .putDecimal(Tag.RESCALE_INTERCEPT, -1024)
                .putDecimal(Tag.RESCALE_SLOPE, 1);
        image.putSequence(
                Tag.PROCEDURE_CODE_SEQUENCE,
                new DataSet()
                        .putString(Tag.CODE_VALUE, "24627-2")
                        .putString(Tag.CODING_SCHEME_DESIGNATOR, "LN")
                        .putString(Tag.CODE_MEANING, "CT Chest"));
        // a scanner's private group: most of a real header's elements
        image.putString(0x00090010, VR.LO, "PRELIM BENCH");
        for (int element = 0; element < 110; element++) {
            image.putString(0x00091000 + 0x80 + element, VR.LO, "value " + element);
        }
        return image;
    }

    private static byte[] bytes(DataSet dataSet) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            DataSetWriter.write(dataSet, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int find(byte[] bytes, byte[] wanted) {
        for (int at = 0; at <= bytes.length - wanted.length; at++) {
            if (java.util.Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        throw new IllegalStateException("the SOP Instance UID is not in the data set");
    }
}
