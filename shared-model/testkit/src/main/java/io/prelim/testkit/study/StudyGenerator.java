package io.prelim.testkit.study;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.object.DataSet;
import io.prelim.events.Ids;
import io.prelim.testkit.sample.SyntheticRadiograph;
import io.prelim.testkit.sample.SyntheticRadiograph.Sample;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Makes the objects of one study. The name decides every identifier, so that the same name gives the same study, byte for byte, and
 * two names never meet. Little endian; to be written in an uncompressed transfer syntax.
 */
public final class StudyGenerator {
    private static final String LABEL = "SYNTHETIC";
    private static final String STUDY_DATE = "20261102";

    private final String name;
    private final SyntheticPatient patient;

    /** @param name any text, such as a test's own random UUID */
    public StudyGenerator(String name, SyntheticPatient patient) {
        this.name = name;
        this.patient = patient;
    }

    public StudyGenerator(String name) {
        this(name, SyntheticPatient.of(1));
    }

    public String studyInstanceUid() {
        return uid("study");
    }

    /**
     * A frontal chest radiograph as an object of Digital X-Ray Image Storage, for presentation (PS3.3 section A.26): 12 bits,
     * MONOCHROME2.
     *
     * @param number of the image in the study, from 1
     * @param columns at least 1
     * @param rows at least 1
     */
    public DataSet radiograph(SyntheticRadiograph source, Sample sample, int number, int columns, int rows) {
        DataSet object = digitalXRay(number, columns, rows);
        short[] pixels = source.pixels(sample.kind(), sample.seed(), columns, rows);
        ByteBuffer bytes = ByteBuffer.allocate(pixels.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(pixels);
        return object.putBytes(Tag.PIXEL_DATA, VR.OW, bytes.array());
    }

    /** An object of an image SOP class that lacks its pixel data: broken, as it happens in practice. */
    public DataSet radiographWithoutPixels(int number) {
        return digitalXRay(number, 64, 64);
    }

    /** Axial CT slices of an abdomen-sized ellipse (PS3.3 section A.3): no chest model applies. */
    public List<DataSet> computedTomography(int slices) {
        return IntStream.rangeClosed(1, slices).mapToObj(this::slice).toList();
    }

    /** A Basic Text SR (PS3.3 section A.35.1): no image, no pixel data. */
    public DataSet textReport() {
        DataSet object = common(Uid.BASIC_TEXT_SR_STORAGE, "SR", "report", 1);
        object.remove(Tag.IMAGE_COMMENTS);
        object.remove(Tag.BODY_PART_EXAMINED);
        object.remove(Tag.ACQUISITION_NUMBER);
        object.remove(Tag.PATIENT_ORIENTATION);
        object.remove(Attributes.ACQUISITION_CONTEXT_SEQUENCE);
        object.putSequence(Attributes.PERFORMED_PROCEDURE_STEP_SEQUENCE);
        object.putSequence(Attributes.PERFORMED_PROCEDURE_CODE_SEQUENCE);
        object.putString(Attributes.COMPLETION_FLAG, VR.CS, "COMPLETE")
                .putString(Attributes.VERIFICATION_FLAG, VR.CS, "UNVERIFIED");
        object.putString(Attributes.VALUE_TYPE, VR.CS, "CONTAINER")
                .putString(Attributes.CONTINUITY_OF_CONTENT, VR.CS, "SEPARATE");
        object.putSequence(Attributes.CONCEPT_NAME_CODE_SEQUENCE, code("18748-4", "LN", "Diagnostic imaging report"));
        return object.putSequence(
                Attributes.CONTENT_SEQUENCE,
                new DataSet()
                        .putString(Attributes.RELATIONSHIP_TYPE, VR.CS, "CONTAINS")
                        .putString(Attributes.VALUE_TYPE, VR.CS, "TEXT")
                        .putSequence(Attributes.CONCEPT_NAME_CODE_SEQUENCE, code("121071", "DCM", "Finding"))
                        .putString(Attributes.TEXT_VALUE, VR.UT, "Synthetic text without meaning."));
    }

    private DataSet digitalXRay(int number, int columns, int rows) {
        DataSet object = common(Uid.DIGITAL_X_RAY_IMAGE_STORAGE_FOR_PRESENTATION, "DX", "frontal", number);
        object.putString(Tag.PRESENTATION_INTENT_TYPE, "FOR PRESENTATION");
        object.putString(Tag.VIEW_POSITION, "AP");
        object.putString(Attributes.POSITIONER_TYPE, VR.CS);
        object.putString(Tag.IMAGE_LATERALITY, "U");
        object.putSequence(Attributes.ANATOMIC_REGION_SEQUENCE, code("51185008", "SCT", "Chest"));
        DataSet view = code("399348003", "SCT", "antero-posterior");
        view.putSequence(Attributes.VIEW_MODIFIER_CODE_SEQUENCE);
        object.putSequence(Attributes.VIEW_CODE_SEQUENCE, view);
        object.putString(Attributes.DETECTOR_TYPE, VR.CS, "SCINTILLATOR");
        object.putDecimal(Tag.IMAGER_PIXEL_SPACING, 0.2, 0.2);
        object.putString(Tag.IMAGE_TYPE, "DERIVED", "PRIMARY");
        grey(object, columns, rows, 12, 0);
        object.putString(Attributes.PIXEL_INTENSITY_RELATIONSHIP, VR.CS, "LOG");
        object.putInteger(Attributes.PIXEL_INTENSITY_RELATIONSHIP_SIGN, VR.SS, -1);
        object.putString(Tag.RESCALE_INTERCEPT, "0").putString(Tag.RESCALE_SLOPE, "1");
        object.putString(Tag.RESCALE_TYPE, "US");
        object.putString(Tag.WINDOW_CENTER, "2048").putString(Tag.WINDOW_WIDTH, "4096");
        object.putString(Tag.PRESENTATION_LUT_SHAPE, "IDENTITY");
        object.putString(Tag.LOSSY_IMAGE_COMPRESSION, "00");
        return object.putString(Tag.BURNED_IN_ANNOTATION, "NO");
    }

    private DataSet slice(int number) {
        int side = 64;
        DataSet object = common(Uid.CT_IMAGE_STORAGE, "CT", "axial", number);
        object.putString(Tag.BODY_PART_EXAMINED, "ABDOMEN");
        object.putString(Tag.IMAGE_TYPE, "DERIVED", "SECONDARY", "AXIAL");
        object.putString(Tag.KVP).putString(Tag.SLICE_THICKNESS, "5");
        object.putString(Tag.PATIENT_POSITION, "HFS");
        object.putString(Tag.FRAME_OF_REFERENCE_UID, uid("frame"));
        object.putString(Attributes.POSITION_REFERENCE_INDICATOR, VR.LO);
        object.putDecimal(Tag.IMAGE_POSITION_PATIENT, -160, -160, 5.0 * number);
        object.putDecimal(Tag.IMAGE_ORIENTATION_PATIENT, 1, 0, 0, 0, 1, 0);
        object.putDecimal(Tag.PIXEL_SPACING, 5, 5);
        grey(object, side, side, 12, 0);
        object.putString(Tag.RESCALE_INTERCEPT, "-1024").putString(Tag.RESCALE_SLOPE, "1");
        object.putString(Tag.BURNED_IN_ANNOTATION, "NO");
        ByteBuffer pixels = ByteBuffer.allocate(side * side * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                double distance = Math.hypot((x - side / 2.0) / 28, (y - side / 2.0) / 20);
                pixels.putShort((short) (distance < 1 ? 1024 + 40 + number : 24));
            }
        }
        return object.putBytes(Tag.PIXEL_DATA, VR.OW, pixels.array());
    }

    /** Patient, study, series, equipment, general image and SOP common modules. */
    private DataSet common(String sopClass, String modality, String series, int number) {
        DataSet object = new DataSet();
        object.putString(Tag.SPECIFIC_CHARACTER_SET, "ISO_IR 192");
        object.putString(Tag.SOP_CLASS_UID, sopClass);
        object.putString(Tag.SOP_INSTANCE_UID, uid("instance", series, Integer.toString(number)));
        object.putString(Tag.STUDY_DATE, STUDY_DATE).putString(Tag.SERIES_DATE, STUDY_DATE);
        object.putString(Tag.CONTENT_DATE, STUDY_DATE).putString(Tag.ACQUISITION_DATE, STUDY_DATE);
        object.putString(Tag.STUDY_TIME, "083000").putString(Tag.SERIES_TIME, "083100");
        object.putString(Tag.CONTENT_TIME, "083200").putString(Attributes.ACQUISITION_TIME, VR.TM, "083200");
        object.putString(Tag.ACCESSION_NUMBER, "SYN" + Integer.toUnsignedString(name.hashCode() & 0xFFFFFF, 10));
        object.putString(Tag.MODALITY, modality);
        object.putString(Tag.MANUFACTURER, "Prelim").putString(Tag.MANUFACTURER_MODEL_NAME, "study generator");
        object.putString(Tag.SOFTWARE_VERSIONS, Uid.IMPLEMENTATION_VERSION);
        object.putString(Tag.REFERRING_PHYSICIAN_NAME);
        boolean chest = modality.equals("DX");
        object.putString(Tag.STUDY_DESCRIPTION, chest ? LABEL + " chest radiograph" : LABEL + " study, " + modality);
        object.putString(Tag.SERIES_DESCRIPTION, LABEL + " " + series);
        object.putString(Tag.BODY_PART_EXAMINED, "CHEST");
        patient.writeTo(object);
        object.putString(Tag.STUDY_INSTANCE_UID, studyInstanceUid());
        object.putString(Tag.SERIES_INSTANCE_UID, uid("series", series));
        object.putString(Tag.STUDY_ID, "1").putInteger(Tag.SERIES_NUMBER, 1).putInteger(Tag.ACQUISITION_NUMBER, number);
        object.putInteger(Tag.INSTANCE_NUMBER, number);
        object.putString(Tag.PATIENT_ORIENTATION, "L", "F");
        object.putString(Tag.IMAGE_COMMENTS, LABEL + " image of no patient, made by Prelim's study generator");
        return object.putSequence(Attributes.ACQUISITION_CONTEXT_SEQUENCE);
    }

    private static void grey(DataSet object, int columns, int rows, int bits, int representation) {
        object.putInteger(Tag.SAMPLES_PER_PIXEL, 1).putString(Tag.PHOTOMETRIC_INTERPRETATION, "MONOCHROME2");
        object.putInteger(Tag.ROWS, rows).putInteger(Tag.COLUMNS, columns);
        object.putInteger(Tag.BITS_ALLOCATED, 16)
                .putInteger(Tag.BITS_STORED, bits)
                .putInteger(Tag.HIGH_BIT, bits - 1);
        object.putInteger(Tag.PIXEL_REPRESENTATION, representation);
    }

    private static DataSet code(String value, String scheme, String meaning) {
        return new DataSet()
                .putString(Tag.CODE_VALUE, value)
                .putString(Tag.CODING_SCHEME_DESIGNATOR, scheme)
                .putString(Tag.CODE_MEANING, meaning);
    }

    /** A UID made from a UUID (PS3.5 section B.2). */
    private String uid(String... parts) {
        String[] all = new String[parts.length + 2];
        all[0] = "synthetic";
        all[1] = name;
        System.arraycopy(parts, 0, all, 2, parts.length);
        return "2.25." + new BigInteger(Ids.v5(all).toString().replace("-", ""), 16);
    }
}
