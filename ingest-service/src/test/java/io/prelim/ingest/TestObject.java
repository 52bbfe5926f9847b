package io.prelim.ingest;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DataSetWriter;
import io.prelim.dicom.object.DicomFile;
import io.prelim.dicom.syntax.TransferSyntax;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;

/** Small DICOM objects of nobody, to be changed at will before they are sent. */
public record TestObject(DataSet dataSet) {
    /** One radiograph of 64 × 64 pixels in a study and series of its own. */
    public static TestObject radiograph() {
        return image(Uid.random(), Uid.random(), 1, 64 * 64);
    }

    public static TestObject image(String study, String series, int number, int pixels) {
        DataSet dataSet = new DataSet()
                .putString(Tag.SOP_CLASS_UID, Uid.DIGITAL_X_RAY_IMAGE_STORAGE_FOR_PRESENTATION)
                .putString(Tag.SOP_INSTANCE_UID, Uid.random())
                .putString(Tag.STUDY_DATE, "20260102")
                .putString(Tag.MODALITY, "DX")
                .putString(Tag.MANUFACTURER, "Prelim test")
                .putString(Tag.PATIENT_SEX, "F")
                .putString(Tag.PATIENT_AGE, "007Y")
                .putString(Tag.BODY_PART_EXAMINED, "CHEST")
                .putString(Tag.VIEW_POSITION, "PA")
                .putString(Tag.STUDY_INSTANCE_UID, study)
                .putString(Tag.SERIES_INSTANCE_UID, series)
                .putString(Tag.INSTANCE_NUMBER, Integer.toString(number))
                .putInteger(Tag.SAMPLES_PER_PIXEL, 1)
                .putString(Tag.PHOTOMETRIC_INTERPRETATION, "MONOCHROME2")
                .putInteger(Tag.ROWS, 64)
                .putInteger(Tag.COLUMNS, 64)
                .putInteger(Tag.BITS_ALLOCATED, 8)
                .putInteger(Tag.BITS_STORED, 8)
                .putInteger(Tag.HIGH_BIT, 7)
                .putInteger(Tag.PIXEL_REPRESENTATION, 0)
                .putDecimal(Tag.PIXEL_SPACING, 0.2, 0.2);
        return new TestObject(dataSet).withPixels(number, pixels);
    }

    /** A report without pixel data. */
    public static TestObject report(String study) {
        TestObject object = image(study, Uid.random(), 1, 0);
        object.dataSet
                .putString(Tag.SOP_CLASS_UID, Uid.BASIC_TEXT_SR_STORAGE)
                .putString(Tag.MODALITY, "SR")
                .remove(Tag.PIXEL_DATA);
        return object;
    }

    public TestObject withPixels(int seed, int count) {
        byte[] bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        dataSet.putBytes(Tag.PIXEL_DATA, VR.OB, bytes);
        return this;
    }

    public TestObject with(int tag, String value) {
        dataSet.putString(tag, value);
        return this;
    }

    public String sopClass() {
        return dataSet.string(Tag.SOP_CLASS_UID);
    }

    public String sopInstance() {
        return dataSet.string(Tag.SOP_INSTANCE_UID);
    }

    public String study() {
        return dataSet.string(Tag.STUDY_INSTANCE_UID);
    }

    public String series() {
        return dataSet.string(Tag.SERIES_INSTANCE_UID);
    }

    public byte[] pixels() {
        return dataSet.bytes(Tag.PIXEL_DATA);
    }

    /** A PS3.10 file. */
    public byte[] file() {
        return file(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
    }

    public byte[] file(TransferSyntax syntax) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            DicomFile.of(dataSet, syntax).write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    public byte[] bytes() {
        return bytes(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
    }

    public byte[] bytes(TransferSyntax syntax) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            DataSetWriter.write(dataSet, syntax, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
