package io.prelim.dicom.net.transport;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DataSetWriter;
import io.prelim.dicom.syntax.TransferSyntax;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Small images of no patient, by the numbers of their study, series and instance. */
final class Images {
    static final String SOP_CLASS = Uid.SECONDARY_CAPTURE_IMAGE_STORAGE;

    private static final String ROOT = "1.2.826.0.1.3680043.9.";

    private Images() {}

    static String study(int study) {
        return ROOT + "2." + study;
    }

    static String series(int study, int series) {
        return ROOT + "3." + study + "." + series;
    }

    static String instance(int study, int series, int number) {
        return ROOT + "1." + study + "." + series + "." + number;
    }

    private static DataSet image(int study, int series, int number) {
        return new DataSet()
                .putString(Tag.SPECIFIC_CHARACTER_SET, "ISO_IR 192")
                .putString(Tag.SOP_CLASS_UID, SOP_CLASS)
                .putString(Tag.SOP_INSTANCE_UID, instance(study, series, number))
                .putString(Tag.STUDY_DATE, "2026010" + study)
                .putString(Tag.STUDY_TIME, "120000")
                .putString(Tag.ACCESSION_NUMBER, "A" + study)
                .putString(Tag.MODALITY, "OT")
                .putString(Tag.CONVERSION_TYPE, "WSD")
                .putString(Tag.PATIENT_NAME, "Synthetic^Ünïcode")
                .putString(Tag.PATIENT_ID, "S" + study)
                .putString(Tag.STUDY_INSTANCE_UID, study(study))
                .putString(Tag.SERIES_INSTANCE_UID, series(study, series))
                .putString(Tag.STUDY_ID, "" + study)
                .putInteger(Tag.SERIES_NUMBER, series)
                .putInteger(Tag.INSTANCE_NUMBER, number)
                .putInteger(Tag.SAMPLES_PER_PIXEL, 1)
                .putString(Tag.PHOTOMETRIC_INTERPRETATION, "MONOCHROME2")
                .putInteger(Tag.ROWS, 1)
                .putInteger(Tag.COLUMNS, 1000)
                .putInteger(Tag.BITS_ALLOCATED, 8)
                .putInteger(Tag.BITS_STORED, 8)
                .putInteger(Tag.HIGH_BIT, 7)
                .putInteger(Tag.PIXEL_REPRESENTATION, 0)
                .putBytes(Tag.PIXEL_DATA, VR.OB, new byte[1000]);
    }

    /** The image in explicit VR little endian. */
    static byte[] bytes(int study, int series, int number) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataSetWriter.write(image(study, series, number), TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, bytes);
        return bytes.toByteArray();
    }

    /** Stores two studies: the first of series of 3 and 2 images, the second of one image. */
    static void storeTwoStudies(DicomClient client) throws IOException {
        for (int[] image : new int[][] {{1, 1, 1}, {1, 1, 2}, {1, 1, 3}, {1, 2, 1}, {1, 2, 2}, {2, 1, 1}}) {
            int status = client.store(
                            SOP_CLASS,
                            instance(image[0], image[1], image[2]),
                            Uid.EXPLICIT_VR_LITTLE_ENDIAN,
                            bytes(image[0], image[1], image[2]))
                    .status();
            if (status != 0) {
                throw new AssertionError("not stored: %04X".formatted(status));
            }
        }
    }
}
