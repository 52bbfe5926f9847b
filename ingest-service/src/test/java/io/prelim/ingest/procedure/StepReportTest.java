package io.prelim.ingest.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.net.dimse.Status;
import io.prelim.dicom.object.DataSet;
import io.prelim.ingest.normalized.RequestRefused;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StepReportTest {
    static DataSet begun(String... studies) {
        return new DataSet()
                .putString(Tag.PERFORMED_PROCEDURE_STEP_STATUS, "IN PROGRESS")
                .putString(Tag.MODALITY, "CT")
                .putSequence(
                        Tag.SCHEDULED_STEP_ATTRIBUTES_SEQUENCE,
                        Stream.of(studies)
                                .map(study -> new DataSet().putString(Tag.STUDY_INSTANCE_UID, study))
                                .toArray(DataSet[]::new));
    }

    static DataSet ended(String status, DataSet... series) {
        return new DataSet()
                .putString(Tag.PERFORMED_PROCEDURE_STEP_STATUS, status)
                .putSequence(Tag.PERFORMED_SERIES_SEQUENCE, series);
    }

    static DataSet series(String uid, int images, int others) {
        return new DataSet()
                .putString(Tag.SERIES_INSTANCE_UID, uid)
                .putSequence(Tag.REFERENCED_IMAGE_SEQUENCE, items(images))
                .putSequence(Tag.REFERENCED_NON_IMAGE_COMPOSITE_SOP_INSTANCE_SEQUENCE, items(others));
    }

    private static DataSet[] items(int count) {
        return Stream.generate(() -> new DataSet().putString(Tag.REFERENCED_SOP_INSTANCE_UID, "1.2.3"))
                .limit(count)
                .toArray(DataSet[]::new);
    }

    @Test
    void aStepBeginsWithItsStudies() throws RequestRefused {
        assertThat(StepReport.created(begun("1.2.3", "1.2.3", "1.2.4")))
                .isEqualTo(new StepReport(StepStatus.IN_PROGRESS, "CT", List.of("1.2.3", "1.2.4"), List.of()));
    }

    @Test
    void aStepEndsWithItsSeriesCounted() throws RequestRefused {
        assertThat(StepReport.changed(
                        ended("COMPLETED", series("1.5", 3, 1), series("1.6", 2, 0), series("1.5", 1, 0))))
                .isEqualTo(new StepReport(
                        StepStatus.COMPLETED,
                        null,
                        List.of(),
                        List.of(new StepReport.Series("1.5", 4, 1), new StepReport.Series("1.6", 2, 0))));
    }

    @Test
    void whatAnNSetLeavesOutIsLeft() throws RequestRefused {
        assertThat(StepReport.changed(new DataSet())).isEqualTo(new StepReport(null, null, List.of(), null));
        assertThat(StepReport.changed(new DataSet().putSequence(Tag.PERFORMED_SERIES_SEQUENCE)))
                .isEqualTo(new StepReport(null, null, List.of(), List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {"MR, MR", "Doe^Jane, null", "'', null"})
    void aModalityIsACode(String sent, String kept) throws RequestRefused {
        assertThat(StepReport.created(begun("1.2.3").putString(Tag.MODALITY, sent))
                        .modality())
                .isEqualTo(kept);
    }

    static Stream<Arguments> unusable() {
        return Stream.of(
                Arguments.of(
                        begun("1.2").putString(Tag.PERFORMED_PROCEDURE_STEP_STATUS, "COMPLETED"),
                        Status.INVALID_ATTRIBUTE_VALUE,
                        "(0040,0252) is not IN PROGRESS"),
                Arguments.of(
                        begun("1.2").putString(Tag.PERFORMED_PROCEDURE_STEP_STATUS, "DONE"),
                        Status.INVALID_ATTRIBUTE_VALUE,
                        "(0040,0252) is not a defined term"),
                Arguments.of(
                        begun("1.2").putString(Tag.PERFORMED_PROCEDURE_STEP_STATUS, ""),
                        Status.MISSING_ATTRIBUTE_VALUE,
                        "(0040,0252) is empty"),
                Arguments.of(
                        begun("1.2").remove(Tag.PERFORMED_PROCEDURE_STEP_STATUS),
                        Status.MISSING_ATTRIBUTE,
                        "(0040,0252) is missing"),
                Arguments.of(
                        begun("1.2").remove(Tag.SCHEDULED_STEP_ATTRIBUTES_SEQUENCE),
                        Status.MISSING_ATTRIBUTE,
                        "(0040,0270) is missing"),
                Arguments.of(begun(), Status.MISSING_ATTRIBUTE_VALUE, "(0040,0270) is empty"),
                Arguments.of(
                        begun("1.2").putSequence(Tag.SCHEDULED_STEP_ATTRIBUTES_SEQUENCE, new DataSet()),
                        Status.MISSING_ATTRIBUTE,
                        "(0020,000D) is missing"),
                Arguments.of(begun("1..2"), Status.INVALID_ATTRIBUTE_VALUE, "(0020,000D) is malformed"),
                Arguments.of(
                        begun("1.2").putSequence(Tag.PERFORMED_SERIES_SEQUENCE, series("Doe^Jane", 1, 0)),
                        Status.INVALID_ATTRIBUTE_VALUE,
                        "(0020,000E) is malformed"));
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void aStepThatCannotBeKeptIsRefused(DataSet dataSet, int status, String comment) {
        RequestRefused refused = catchThrowableOfType(RequestRefused.class, () -> StepReport.created(dataSet));

        assertThat(refused.response().status()).isEqualTo(status);
        assertThat(refused.response().errorComment()).isEqualTo(comment);
    }
}
