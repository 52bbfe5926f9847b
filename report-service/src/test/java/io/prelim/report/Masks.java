package io.prelim.report;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DataSetWriter;
import io.prelim.dicom.syntax.TransferSyntax;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** Masks as inference hands them in: NIfTI-1 with the images of the slices in an extension of DICOM attributes. */
public final class Masks {
    public static final String MR = "1.2.840.10008.5.1.4.1.1.4";

    private Masks() {}

    /** Half of the voxels of every other slice, the first among them; the label's number is 3. */
    public static byte[] voxels(int columns, int rows, int slices) {
        byte[] voxels = new byte[columns * rows * slices];
        Random random = new Random(7);
        for (int i = 0; i < voxels.length; i++) {
            if (i / (columns * rows) % 2 == 0 && random.nextBoolean()) {
                voxels[i] = 3;
            }
        }
        return voxels;
    }

    /** @param frameOfReference null where it is not known */
    public static byte[] nifti(
            String studyInstanceUid, String frameOfReference, int columns, int rows, int slices, byte[] voxels) {
        try {
            byte[] said = said(studyInstanceUid, frameOfReference, slices);
            int length = 8 + said.length;
            ByteBuffer header = ByteBuffer.allocate(352 + length).order(ByteOrder.LITTLE_ENDIAN);
            header.putInt(0, 348);
            header.putShort(40, (short) 3);
            header.putShort(42, (short) columns).putShort(44, (short) rows).putShort(46, (short) slices);
            header.putShort(70, (short) 2).putShort(72, (short) 8);
            header.putFloat(108, 352 + length);
            header.put(344, "n+1\0".getBytes(StandardCharsets.US_ASCII));
            header.put(348, (byte) 1);
            header.putInt(352, length).putInt(356, 2).put(360, said);
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            try (OutputStream gzip = new GZIPOutputStream(file)) {
                gzip.write(header.array());
                gzip.write(voxels);
            }
            return file.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] said(String study, String frameOfReference, int slices) throws IOException {
        DataSet said = new DataSet()
                .putDecimal(Tag.IMAGE_ORIENTATION_PATIENT, 1, 0, 0, 0, 1, 0)
                .putDecimal(Tag.PIXEL_SPACING, 0.5, 0.75)
                .putDecimal(Tag.SPACING_BETWEEN_SLICES, 3);
        if (frameOfReference != null) {
            said.putString(Tag.FRAME_OF_REFERENCE_UID, frameOfReference);
        }
        List<DataSet> items = new ArrayList<>();
        for (int k = 0; k < slices; k++) {
            items.add(new DataSet()
                    .putString(Tag.REFERENCED_SOP_CLASS_UID, MR)
                    .putString(Tag.REFERENCED_SOP_INSTANCE_UID, study + ".1." + (k + 1))
                    .putInteger(Tag.REFERENCED_FRAME_NUMBER, 1)
                    .putString(Tag.SERIES_INSTANCE_UID, study + ".1")
                    .putDecimal(Tag.IMAGE_POSITION_PATIENT, -100.25, 12.5, -40 + 3 * k));
        }
        said.put(said.sequence(Tag.SOURCE_IMAGE_SEQUENCE, items));
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        DataSetWriter.write(said, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, plain);
        // 8 of the extension's head and 12 of the element's, so that it ends at a multiple of 16
        byte[] blanks = new byte[(16 - (plain.size() + 20) % 16) % 16];
        Arrays.fill(blanks, (byte) ' ');
        said.putBytes(Tag.DATA_SET_TRAILING_PADDING, VR.OB, blanks);
        ByteArrayOutputStream padded = new ByteArrayOutputStream();
        DataSetWriter.write(said, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, padded);
        return padded.toByteArray();
    }
}
