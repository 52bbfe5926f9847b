package io.prelim.ingest.web.qido;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StatementTest {
    private static final Query.Bounds BOUNDS = new Query.Bounds(20, 50, 1000);

    @Test
    void everyValueIsAParameter() {
        String hostile = "'; drop table studies; --";
        Statement statement = statement(
                Level.INSTANCE,
                Map.of(
                        "PatientName", List.of(hostile + "*"),
                        "AccessionNumber", List.of(hostile),
                        "Modality", List.of("C?"),
                        "SeriesNumber", List.of("3"),
                        "StudyDate", List.of("20260101-20260201"),
                        "SOPInstanceUID", List.of("1.2,1.3")));

        assertThat(statement.sql()).doesNotContain("drop", "20260101", "1.2");
        assertThat(statement.sql().chars().filter(c -> c == '?').count())
                .isEqualTo(statement.parameters().size());
        assertThat(statement.parameters())
                .contains(hostile, hostile + "%", "C_", 3, "20260101", "20260201", "1.2", "1.3");
        assertThat(statement.toString()).doesNotContain("drop");
    }

    @Test
    void oneMatchMoreThanAskedForIsRead() {
        Statement statement = statement(Level.STUDY, Map.of("limit", List.of("7"), "offset", List.of("14")));

        assertThat(statement.parameters()).containsExactly("issuer", 8, 14);
        assertThat(statement.sql()).endsWith("order by s.received_at desc, s.study_key limit ? offset ?");
    }

    @Test
    void theAddressNarrows() {
        UUID key = UUID.randomUUID();
        Query query = Query.parse(Level.INSTANCE, new Query.Path("1.2", "1.3"), Map.of(), BOUNDS);

        Statement statement = Statement.of(query, "issuer", key, List.of(Attribute.SOP_INSTANCE_UID));

        assertThat(statement.parameters()).containsExactly("issuer", key, "1.3", 21, 0);
    }

    @Test
    void anEqualsSignInANameIsAllOfIt() {
        assertThat(statement(Level.STUDY, Map.of("PatientName", List.of("A=B"))).sql())
                .contains("rtrim(lower(n.patient_name), '^') = ");
        assertThat(statement(Level.STUDY, Map.of("PatientName", List.of("A"))).sql())
                .contains("rtrim(lower(split_part(n.patient_name, '=', 1)), '^') = ");
    }

    private static Statement statement(Level level, Map<String, List<String>> parameters) {
        Query query = Query.parse(level, new Query.Path(null, null), parameters, BOUNDS);
        return Statement.of(query, "issuer", null, List.of(Attribute.STUDY_INSTANCE_UID));
    }
}
