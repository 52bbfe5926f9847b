package io.prelim.ingest.web.qido;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.ingest.web.BadParameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTest {
    private static final Query.Path ANYWHERE = new Query.Path(null, null);
    private static final Query.Bounds BOUNDS = new Query.Bounds(20, 50, 1000);

    @Test
    void keysAreKeywordsOrTags() {
        Query query = parse(
                Level.SERIES,
                "PatientName",
                "DOE*",
                "0020000d",
                "1.2,1.3",
                "00400275.00401001",
                "R1",
                "RequestAttributesSequence.ScheduledProcedureStepID",
                "S1");

        assertThat(query.keys())
                .containsExactly(
                        new Query.Key(Attribute.PATIENT_NAME, "DOE*"),
                        new Query.Key(Attribute.STUDY_INSTANCE_UID, "1.2,1.3"),
                        new Query.Key(Attribute.REQUESTED_PROCEDURE_ID, "R1"),
                        new Query.Key(Attribute.SCHEDULED_STEP_ID, "S1"));
        assertThat(query.toString()).doesNotContain("DOE");
    }

    @Test
    void universalMatchingIsNoKeyButReturned() {
        Query query = parse(Level.STUDY, "StudyDescription", "", "PatientName", "*");

        assertThat(query.keys()).isEmpty();
        assertThat(query.returns(Attribute.STUDY_DESCRIPTION)).isTrue();
        assertThat(parse(Level.STUDY).returns(Attribute.STUDY_DESCRIPTION)).isFalse();
    }

    @Test
    void includefieldMayComeOftenAndAsAList() {
        Query query = Query.parse(
                Level.STUDY,
                ANYWHERE,
                Map.of("includefield", List.of("StudyDescription,00100021", "ReferencedStudySequence", "00081030")),
                BOUNDS);

        assertThat(query.included())
                .containsExactlyInAnyOrder(Attribute.STUDY_DESCRIPTION, Attribute.ISSUER_OF_PATIENT_ID);
        assertThat(parse(Level.SERIES, "includefield", "all").included())
                .contains(Attribute.STUDY_DESCRIPTION, Attribute.SERIES_DESCRIPTION)
                .doesNotContain(Attribute.SOP_CLASS_UID);
        assertThatThrownBy(() -> parse(Level.STUDY, "includefield", "Nonsense"))
                .isInstanceOf(BadParameter.class)
                .hasMessageNotContaining("Nonsense");
    }

    @Test
    void whatTheAddressSaysNeedNotBeToldAgain() {
        Query below = Query.parse(Level.INSTANCE, new Query.Path("1.2", null), Map.of(), BOUNDS);

        assertThat(below.returns(Attribute.PATIENT_NAME)).isFalse();
        assertThat(below.returns(Attribute.MODALITY)).isTrue();
        assertThat(below.returns(Attribute.SOP_CLASS_UID)).isTrue();
        assertThat(parse(Level.INSTANCE).returns(Attribute.PATIENT_NAME)).isTrue();
    }

    @Test
    void limitsAreBounded() {
        assertThat(parse(Level.STUDY).limit()).isEqualTo(20);
        assertThat(parse(Level.STUDY, "limit", "7", "offset", "9"))
                .returns(7, Query::limit)
                .returns(9, Query::offset);
        assertThat(parse(Level.STUDY, "limit", "500").limit()).isEqualTo(50);
    }

    @ParameterizedTest
    @CsvSource({
        "STUDY, Nonsense, 1",
        "STUDY, Modality, CT",
        "SERIES, SOPInstanceUID, 1.2",
        "STUDY, Rows, 512",
        "INSTANCE, Rows, 512",
        "STUDY, limit, 0",
        "STUDY, limit, many",
        "STUDY, offset, 1001",
        "STUDY, offset, -1",
        "STUDY, fuzzymatching, yes",
        "STUDY, StudyDate, yesterday",
        "STUDY, patientname, DOE",
        "STUDY, ScheduledProcedureStepID, 1"
    })
    void whatIsNotKnownIsRefused(Level level, String name, String value) {
        assertThatThrownBy(() -> parse(level, name, value))
                .isInstanceOf(BadParameter.class)
                .hasMessageNotContaining("Nonsense");
    }

    @Test
    void aKeyTwiceIsRefused() {
        assertThatThrownBy(() -> Query.parse(Level.STUDY, ANYWHERE, Map.of("PatientID", List.of("1", "2")), BOUNDS))
                .isInstanceOf(BadParameter.class)
                .hasMessage("00100020 is given more than once");
    }

    private static Query parse(Level level, String... parameters) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            values.put(parameters[i], List.of(parameters[i + 1]));
        }
        return Query.parse(level, ANYWHERE, values, BOUNDS);
    }
}
