package io.prelim.ingest.hint;

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
import org.junit.jupiter.params.provider.MethodSource;

class AvailabilityReportTest {
    static DataSet notification(String study, String availability, List<String> instances) {
        return new DataSet()
                .putString(Tag.STUDY_INSTANCE_UID, study)
                .putSequence(
                        Tag.REFERENCED_SERIES_SEQUENCE,
                        new DataSet()
                                .putString(Tag.SERIES_INSTANCE_UID, "1.2.3")
                                .putSequence(
                                        Tag.REFERENCED_SOP_SEQUENCE,
                                        instances.stream()
                                                .map(instance -> instance(instance, availability))
                                                .toArray(DataSet[]::new)));
    }

    private static DataSet instance(String uid, String availability) {
        return new DataSet()
                .putString(Tag.INSTANCE_AVAILABILITY, availability)
                .putString(Tag.REFERENCED_SOP_INSTANCE_UID, uid);
    }

    private static DataSet with(DataSet... instances) {
        return notification("1.2", "ONLINE", List.of("1.4"))
                .putSequence(
                        Tag.REFERENCED_SERIES_SEQUENCE,
                        new DataSet()
                                .putString(Tag.SERIES_INSTANCE_UID, "1.2.3")
                                .putSequence(Tag.REFERENCED_SOP_SEQUENCE, instances));
    }

    @Test
    void aNotificationNamesInstancesOnce() throws RequestRefused {
        assertThat(AvailabilityReport.of(notification("1.2", "ONLINE", List.of("1.4", "1.5", "1.4")), 2))
                .isEqualTo(new AvailabilityReport("1.2", List.of("1.4", "1.5"), true));
    }

    @Test
    void allOfThemMustBeOnline() throws RequestRefused {
        assertThat(AvailabilityReport.of(with(instance("1.4", "ONLINE"), instance("1.5", "OFFLINE")), 9)
                        .online())
                .isFalse();
    }

    static Stream<Arguments> unusable() {
        return Stream.of(
                Arguments.of(new DataSet(), Status.MISSING_ATTRIBUTE, "(0020,000D) is missing"),
                Arguments.of(
                        notification("", "ONLINE", List.of("1.4")),
                        Status.MISSING_ATTRIBUTE_VALUE,
                        "(0020,000D) is empty"),
                Arguments.of(
                        notification("Doe^Jane", "ONLINE", List.of("1.4")),
                        Status.INVALID_ATTRIBUTE_VALUE,
                        "(0020,000D) is malformed"),
                Arguments.of(
                        new DataSet().putString(Tag.STUDY_INSTANCE_UID, "1.2"),
                        Status.MISSING_ATTRIBUTE,
                        "(0008,1115) is missing"),
                Arguments.of(
                        new DataSet()
                                .putString(Tag.STUDY_INSTANCE_UID, "1.2")
                                .putSequence(Tag.REFERENCED_SERIES_SEQUENCE, new DataSet()),
                        Status.MISSING_ATTRIBUTE,
                        "(0020,000E) is missing"),
                Arguments.of(with(), Status.MISSING_ATTRIBUTE_VALUE, "(0008,1199) is empty"),
                Arguments.of(
                        with(instance("1..4", "ONLINE")), Status.INVALID_ATTRIBUTE_VALUE, "(0008,1155) is malformed"),
                Arguments.of(
                        with(instance("1.4", "GONE")),
                        Status.INVALID_ATTRIBUTE_VALUE,
                        "(0008,0056) is not a defined term"),
                Arguments.of(with(instance("1.4", "")), Status.MISSING_ATTRIBUTE_VALUE, "(0008,0056) is empty"),
                Arguments.of(
                        notification("1.2", "ONLINE", List.of("1.4", "1.5", "1.6")),
                        Status.RESOURCE_LIMITATION,
                        "more than 2 instances"));
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void aNotificationThatCannotBeUsedIsRefused(DataSet dataSet, int status, String comment) {
        RequestRefused refused = catchThrowableOfType(RequestRefused.class, () -> AvailabilityReport.of(dataSet, 2));

        assertThat(refused.response().status()).isEqualTo(status);
        assertThat(refused.response().errorComment()).isEqualTo(comment);
    }
}
