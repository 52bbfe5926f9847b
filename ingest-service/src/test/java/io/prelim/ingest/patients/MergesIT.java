package io.prelim.ingest.patients;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.events.IdentityKeys;
import io.prelim.events.Phi;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.fixture.Engine;
import io.prelim.ingest.fixture.Rows;
import io.prelim.ingest.hl7.MllpListener;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
class MergesIT {
    private static final IdentityKeys KEYS = new IdentityKeys(ServiceUnderTest.IDENTITY_SECRET);

    @Inject
    MllpListener mllp;

    @Inject
    Patients patients;

    @Inject
    DataSource database;

    private final String test = UUID.randomUUID().toString();
    private int messages;

    @Test
    void theSameMergeAgainChangesNothing() throws Exception {
        assertThat(merge("ADT^A40", "A", "B")).isEqualTo("AA");
        assertThat(merge("ADT^A40", "A", "B")).isEqualTo("AA");
        assertThat(merge("ADT^A47", "A", "B")).isEqualTo("AA");

        assertThat(current("A")).isEqualTo(key("B"));
        assertThat(links("A")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A>B,B>C,C>D", "C>D,B>C,A>B", "B>C,A>B,C>D", "A>B,C>D,B>C", "A>B,B>C,C>D,A>D,B>D"})
    void aChainInAnyOrderIsOnePatient(String merges) throws Exception {
        for (String each : merges.split(",")) {
            assertThat(merge("ADT^A40", each.substring(0, 1), each.substring(2)))
                    .isEqualTo("AA");
        }

        for (String id : "ABCD".split("")) {
            assertThat(current(id)).isEqualTo(key("D"));
        }
        // links, no rewrite: each row is as it was named
        assertThat(Rows.of(database, "select patient_id from patients where patient_key = ?", key("A")))
                .containsExactly("A" + test);
    }

    @Test
    void aCycleIsRefused() throws Exception {
        merge("ADT^A40", "A", "B");
        merge("ADT^A40", "B", "C");

        assertThat(merge("ADT^A40", "C", "A")).isEqualTo("AE MRG-1 204");
        assertThat(merge("ADT^A40", "B", "A")).isEqualTo("AE MRG-1 204");
        assertThat(merge("ADT^A40", "A", "A")).isEqualTo("AE MRG-1 204");

        assertThat(current("A")).isEqualTo(key("C"));
        assertThat(links("C")).isZero();
    }

    @Test
    void nobodyIsMergedIntoTwo() throws Exception {
        merge("ADT^A40", "A", "B");

        assertThat(merge("ADT^A40", "A", "C")).isEqualTo("AE MRG-1 204");

        assertThat(current("A")).isEqualTo(key("B"));
        assertThat(current("C")).isEqualTo(key("C"));
    }

    @Test
    void theSameIdOfAnotherIssuerIsAnotherPatient() throws Exception {
        merge("ADT^A40", "A", "B");

        assertThat(current("A^^^clinic")).isEqualTo(KEYS.patient("clinic", Phi.of("A" + test)));
    }

    private String merge(String type, String prior, String into) throws Exception {
        try (Engine engine = Engine.connect(mllp.port())) {
            return engine.send(Engine.message(
                    type, test + ++messages, "PID|1||" + into + test + "||Doe^Jane", "MRG|" + prior + test));
        }
    }

    private UUID current(String id) {
        return QuarkusTransaction.requiringNew().call(() -> patients.current(key(id)));
    }

    private UUID key(String id) {
        String[] parts = id.split("\\^", -1);
        return KEYS.patient(parts.length > 3 ? parts[3] : "default", Phi.of(parts[0] + test));
    }

    private long links(String id) {
        return Rows.of(database, "select 1 from patient_links where prior_key = ?", key(id))
                .size();
    }
}
