package io.prelim.ingest.receive;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.object.DataSet;
import io.prelim.events.Phi;
import io.prelim.events.StudyManifest;
import io.prelim.ingest.index.NewInstance;
import io.prelim.store.Content;
import io.prelim.store.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the index wants to know of an object, cleaned so that a database takes it: bounded text without control characters.
 *
 * @param rejection  null for an object that takes nothing back
 * @param attributes the allow-list of the manifest, pixels left out
 */
record ObjectFacts(
        String sopClassUid,
        String sopInstanceUid,
        String studyInstanceUid,
        String seriesInstanceUid,
        String modality,
        Phi<String> patientName,
        Phi<String> patientId,
        String patientIdIssuer,
        Phi<String> birthDate,
        Phi<String> accessionNumber,
        Phi<String> studyDescription,
        String sex,
        String age,
        String studyDate,
        String studyTime,
        Phi<String> studyId,
        Phi<String> referringPhysician,
        NewInstance.Series series,
        boolean stat,
        RejectionNote rejection,
        StudyManifest.Image attributes) {
    private static final int MAX_TEXT = 1024;
    private static final int MAX_CODE = 64;

    static ObjectFacts of(DataSet dataSet, String transferSyntaxUid) {
        String birthDate = clean(dataSet.string(Tag.PATIENT_BIRTH_DATE), MAX_CODE);
        String studyDate = clean(dataSet.string(Tag.STUDY_DATE), MAX_CODE);
        String sex = dataSet.string(Tag.PATIENT_SEX);
        return new ObjectFacts(
                dataSet.string(Tag.SOP_CLASS_UID),
                dataSet.string(Tag.SOP_INSTANCE_UID),
                dataSet.string(Tag.STUDY_INSTANCE_UID),
                dataSet.string(Tag.SERIES_INSTANCE_UID),
                code(dataSet, Tag.MODALITY),
                Phi.ofNullable(clean(dataSet.string(Tag.PATIENT_NAME), MAX_TEXT)),
                Phi.ofNullable(clean(dataSet.string(Tag.PATIENT_ID), MAX_TEXT)),
                clean(dataSet.string(Tag.ISSUER_OF_PATIENT_ID), MAX_TEXT),
                Phi.ofNullable(birthDate),
                Phi.ofNullable(clean(dataSet.string(Tag.ACCESSION_NUMBER), MAX_TEXT)),
                Phi.ofNullable(clean(dataSet.string(Tag.STUDY_DESCRIPTION), MAX_TEXT)),
                Stream.of("F", "M", "O")
                        .filter(known -> known.equals(sex))
                        .findFirst()
                        .orElse(null),
                clean(dataSet.string(Tag.PATIENT_AGE), MAX_CODE),
                studyDate,
                clean(dataSet.string(Tag.STUDY_TIME), MAX_CODE),
                Phi.ofNullable(clean(dataSet.string(Tag.STUDY_ID), MAX_TEXT)),
                Phi.ofNullable(clean(dataSet.string(Tag.REFERRING_PHYSICIAN_NAME), MAX_TEXT)),
                series(dataSet),
                "STAT".equals(dataSet.string(Tag.REQUESTED_PROCEDURE_PRIORITY)),
                RejectionNote.of(dataSet).orElse(null),
                attributes(dataSet, transferSyntaxUid));
    }

    private static NewInstance.Series series(DataSet dataSet) {
        int number = dataSet.integer(Tag.SERIES_NUMBER, Integer.MIN_VALUE);
        DataSet request = dataSet.items(Tag.REQUEST_ATTRIBUTES_SEQUENCE).stream()
                .findFirst()
                .orElseGet(DataSet::new);
        return new NewInstance.Series(
                code(dataSet, Tag.MODALITY),
                number == Integer.MIN_VALUE ? null : number,
                Phi.ofNullable(clean(dataSet.string(Tag.SERIES_DESCRIPTION), MAX_TEXT)),
                clean(dataSet.string(Tag.PERFORMED_PROCEDURE_STEP_START_DATE), MAX_CODE),
                clean(dataSet.string(Tag.PERFORMED_PROCEDURE_STEP_START_TIME), MAX_CODE),
                Phi.ofNullable(clean(request.string(Tag.SCHEDULED_PROCEDURE_STEP_ID), MAX_TEXT)),
                Phi.ofNullable(clean(request.string(Tag.REQUESTED_PROCEDURE_ID), MAX_TEXT)));
    }

    /** Equal for headers that name the same patient, study and series. */
    Sha256 identityDigest() {
        String identity = Stream.of(
                        reveal(patientName),
                        reveal(patientId),
                        patientIdIssuer,
                        reveal(birthDate),
                        sex,
                        reveal(accessionNumber),
                        studyInstanceUid,
                        seriesInstanceUid)
                .map(value -> value == null ? "-" : value.length() + ":" + value)
                .collect(Collectors.joining("|"));
        try {
            return Sha256.of(Content.of(identity.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String reveal(Phi<String> value) {
        return value == null ? null : value.reveal();
    }

    private static StudyManifest.Image attributes(DataSet dataSet, String transferSyntaxUid) {
        String burnedIn = dataSet.string(Tag.BURNED_IN_ANNOTATION);
        int instanceNumber = dataSet.integer(Tag.INSTANCE_NUMBER, Integer.MIN_VALUE);
        String laterality = code(dataSet, Tag.IMAGE_LATERALITY);
        List<Double> spacing = finite(dataSet.decimals(Tag.PIXEL_SPACING), 2);
        String frameOfReference = dataSet.string(Tag.FRAME_OF_REFERENCE_UID);
        return new StudyManifest.Image(
                dataSet.string(Tag.SOP_INSTANCE_UID),
                dataSet.string(Tag.SOP_CLASS_UID),
                dataSet.string(Tag.SERIES_INSTANCE_UID),
                transferSyntaxUid,
                instanceNumber == Integer.MIN_VALUE ? null : instanceNumber,
                code(dataSet, Tag.MODALITY),
                code(dataSet, Tag.BODY_PART_EXAMINED),
                code(dataSet, Tag.VIEW_POSITION),
                laterality != null ? laterality : code(dataSet, Tag.LATERALITY),
                clean(dataSet.string(Tag.MANUFACTURER), MAX_CODE),
                burnedIn != null && !burnedIn.equals("NO"),
                dataSet.integer(Tag.ROWS, 0),
                dataSet.integer(Tag.COLUMNS, 0),
                Math.max(1, dataSet.integer(Tag.NUMBER_OF_FRAMES, 1)),
                dataSet.integer(Tag.SAMPLES_PER_PIXEL, 0),
                dataSet.integer(Tag.PLANAR_CONFIGURATION, 0),
                code(dataSet, Tag.PHOTOMETRIC_INTERPRETATION),
                dataSet.integer(Tag.BITS_ALLOCATED, 0),
                dataSet.integer(Tag.BITS_STORED, 0),
                dataSet.integer(Tag.HIGH_BIT, 0),
                dataSet.integer(Tag.PIXEL_REPRESENTATION, 0),
                finite(dataSet.decimals(Tag.WINDOW_CENTER), -1),
                finite(dataSet.decimals(Tag.WINDOW_WIDTH), -1),
                first(dataSet, Tag.RESCALE_SLOPE, 1),
                first(dataSet, Tag.RESCALE_INTERCEPT, 0),
                spacing != null ? spacing : finite(dataSet.decimals(Tag.IMAGER_PIXEL_SPACING), 2),
                finite(dataSet.decimals(Tag.IMAGE_POSITION_PATIENT), 3),
                finite(dataSet.decimals(Tag.IMAGE_ORIENTATION_PATIENT), 6),
                null,
                Uid.isValid(frameOfReference) ? frameOfReference : null);
    }

    /** Code strings only: what is no code string (PS3.5 CS) is free text that could name somebody, and is left out. */
    private static String code(DataSet dataSet, int tag) {
        String value = dataSet.string(tag);
        return value != null && isCodeString(value) ? value : null;
    }

    private static boolean isCodeString(String value) {
        if (value.isEmpty() || value.length() > 16) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!(c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == ' ')) {
                return false;
            }
        }
        return true;
    }

    /** @param count how many there must be, -1 for 1 to 64 */
    private static List<Double> finite(List<Double> values, int count) {
        boolean counted = count < 0 ? !values.isEmpty() && values.size() <= 64 : values.size() == count;
        return counted && values.stream().allMatch(Double::isFinite) ? values : null;
    }

    private static double first(DataSet dataSet, int tag, double absent) {
        List<Double> values = dataSet.decimals(tag);
        return values.isEmpty() || !Double.isFinite(values.get(0)) ? absent : values.get(0);
    }

    /** Without control characters and lone surrogates, which databases and JSON refuse, and bounded. */
    private static String clean(String text, int limit) {
        if (text == null) {
            return null;
        }
        StringBuilder kept = new StringBuilder(Math.min(text.length(), limit));
        text.codePoints()
                .filter(c -> !Character.isISOControl(c) && !(c >= 0xD800 && c <= 0xDFFF))
                .limit(limit)
                .forEach(kept::appendCodePoint);
        return kept.isEmpty() ? null : kept.toString();
    }
}
