package io.prelim.ingest.receive;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.object.DataSet;
import io.prelim.ingest.fixture.KeyObjects;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RejectionNoteTest {
    private static DataSet note(String code, String... instances) {
        return KeyObjects.note(code, "1.2", List.of(instances)).dataSet();
    }

    @ParameterizedTest
    @ValueSource(strings = {"113001", "113037", "113038", "113039"})
    void aNoteTakesBackWhatItNames(String code) {
        assertThat(RejectionNote.of(note(code, "1.2.3", "1.2.4")))
                .contains(new RejectionNote(
                        code,
                        List.of(new RejectionNote.Rejected("1.2", "1.2.3"), new RejectionNote.Rejected("1.2", "1.2.4")),
                        null));
    }

    @Test
    void otherKeyObjectsTakeNothingBack() {
        assertThat(RejectionNote.of(note("113000", "1.2.3"))).isEmpty();
        assertThat(RejectionNote.of(note("113001", "1.2.3").remove(Tag.CONCEPT_NAME_CODE_SEQUENCE)))
                .isEmpty();
        DataSet elsewhere = note("113001", "1.2.3");
        elsewhere.items(Tag.CONCEPT_NAME_CODE_SEQUENCE).get(0).putString(Tag.CODING_SCHEME_DESIGNATOR, "99LOCAL");
        assertThat(RejectionNote.of(elsewhere)).isEmpty();
        assertThat(RejectionNote.of(note("113001", "1.2.3").putString(Tag.SOP_CLASS_UID, "1.2.840.10008.5.1.4.1.1.2")))
                .isEmpty();
    }

    static Stream<Arguments> unusable() {
        return Stream.of(
                Arguments.of(
                        note("113001", "1.2.3").remove(Tag.CURRENT_REQUESTED_PROCEDURE_EVIDENCE_SEQUENCE),
                        "rejection note: (0040,A375) has no item"),
                Arguments.of(note("113037"), "rejection note: (0008,1199) has no item"),
                Arguments.of(note("113038", "Doe^Jane"), "rejection note: (0008,1155) is absent or not a valid UID"),
                Arguments.of(
                        KeyObjects.note("113039", "", List.of("1.2.3")).dataSet(),
                        "rejection note: (0020,000D) is absent or not a valid UID"));
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void aNoteThatCannotBeFollowedIsRefused(DataSet object, String comment) {
        assertThat(RejectionNote.of(object).orElseThrow().refusal())
                .isEqualTo(new Receipt.Refused(Receipt.Reason.MALFORMED, comment));
    }
}
