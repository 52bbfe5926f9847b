package io.prelim.report;

import static io.prelim.report.Studies.FAR;
import static io.prelim.report.Studies.active;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prelim.events.ModelReference;
import io.prelim.events.PatientContext;
import io.prelim.events.Phi;
import io.prelim.events.StudyReceived;
import io.prelim.report.desk.DraftingDesk;
import io.prelim.report.draft.Prior;
import io.prelim.report.store.PriorStudies;
import io.prelim.testkit.quarkus.BrokerAndDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Which studies are earlier ones of the same patient: one of another patient is never compared. */
@QuarkusTest
@QuarkusTestResource(BrokerAndDatabase.class)
class PriorStudiesIT {
    private static final ModelReference CHEST = active("chest");

    private final String patient = "P-" + UUID.randomUUID();
    private final Studies study = Studies.fresh();

    @Inject
    DraftingDesk desk;

    @Inject
    PriorStudies priors;

    @Inject
    EntityManager entities;

    @Inject
    DataSource database;

    @Test
    void earlierStudiesOfThePatientAreFoundTheNewestFirst() {
        Studies first = drafted("default", context(patient, "issuer", "19450807", "M", "20240101"));
        Studies second = drafted("default", context(patient, "issuer", null, null, "20250214"));
        drafted("default", context(patient, "issuer", "19450807", "M", "20260301"));
        drafted("default", context(patient, "issuer", "19450807", "M", "20260302"));
        drafted("default", context(patient, "issuer", "19450807", "M", null));
        drafted("default", context(patient, "issuer", "19450807", "M", "2025-1-1"));

        List<Prior> found = of(study, context(patient, "issuer", "19450807", "M", "20260301"));

        assertThat(found).extracting(Prior::studyKey).containsExactly(second.key(), first.key());
        assertThat(found.get(0).reportKey()).isEqualTo(second.reportKey());
        assertThat(found.get(0).outcomes()).containsExactly(second.found(CHEST, 0.83));
    }

    @Test
    void whatMayBeOfAnotherPatientIsNotTaken() {
        drafted("default", context(patient, "other", "19450807", "M", "20250101"));
        drafted("default", context(patient, null, "19450807", "M", "20250102"));
        drafted("default", context(patient + "0", "issuer", "19450807", "M", "20250103"));
        drafted("default", context(patient, "issuer", "19450808", "M", "20250104"));
        drafted("default", context(patient, "issuer", "19450807", "F", "20250105"));

        assertThat(of(study, context(patient, "issuer", "19450807", "M", "20260301")))
                .isEmpty();
        assertThat(of(study, context(null, "issuer", "19450807", "M", "20260301")))
                .isEmpty();
        assertThat(of(study, null)).isEmpty();
    }

    @Test
    void withoutAnIssuerTheSiteIsTheIssuer() {
        Studies here = drafted("here", context(patient, null, null, null, "20250101"));
        drafted("there", context(patient, null, null, null, "20250102"));
        PatientContext context = context(patient, null, null, null, "20260301");
        Studies now = drafted("here", context);

        assertThat(of(now, context)).extracting(Prior::studyKey).containsExactly(here.key());
    }

    @Test
    void whomAStudyIsAboutIsWhatItsNewestContextSays() {
        Studies corrected = drafted("default", context(patient, "issuer", null, null, "20250101"));
        desk.accept(of(corrected, context("Q-" + patient, "issuer", null, null, "20250101"), 2));

        assertThat(of(study, context(patient, "issuer", null, null, "20260301")))
                .isEmpty();
        assertThat(of(study, context("Q-" + patient, "issuer", null, null, "20260301")))
                .extracting(Prior::studyKey)
                .containsExactly(corrected.key());
    }

    @Test
    void aRetractedReportIsNoComparison() {
        Studies retracted = drafted("default", context(patient, "issuer", null, null, "20250101"));
        desk.accept(retracted.revised().withdrawn());
        desk.accept(retracted.revised().plan(List.of(), List.of()));

        assertThat(of(study, context(patient, "issuer", null, null, "20260301")))
                .isEmpty();
    }

    @Test
    void theyAreFoundByAnIndexHoweverManyStudiesThereAre() throws SQLException {
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("insert into contexts (study_key, revision, digest, event) select gen_random_uuid(), 1,"
                    + " 'x', jsonb_build_object('patientId', 'N-' || n, 'issuer', 'issuer', 'studyDate', '20250101')"
                    + " from generate_series(1, 100000) n");
            statement.execute("analyze contexts");
        }
        Studies earlier = drafted("default", context(patient, "issuer", null, null, "20250101"));
        PatientContext context = context(patient, "issuer", null, null, "20260301");
        long before = scans();

        List<Prior> found = QuarkusTransaction.requiringNew().call(() -> {
            // so that the use of the index is counted when this transaction ends, and not some time after
            entities.createNativeQuery("select cast(pg_stat_force_next_flush() as text)")
                    .getSingleResult();
            return priors.of(study.key(), context);
        });

        assertThat(found).extracting(Prior::studyKey).containsExactly(earlier.key());
        await().untilAsserted(() -> assertThat(scans()).isGreaterThan(before));
    }

    /** How often the index was used, as far as the database has counted. */
    private long scans() throws SQLException {
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "select idx_scan from pg_stat_user_indexes where indexrelname = 'contexts_by_patient'")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private List<Prior> of(Studies now, PatientContext context) {
        return QuarkusTransaction.requiringNew()
                .call(() -> priors.of(now.key(), context == null ? null : of(now, context, 1)));
    }

    private Studies drafted(String site, PatientContext context) {
        Studies of = Studies.fresh();
        StudyReceived images = of.received();
        desk.accept(new StudyReceived(
                images.studyKey(),
                images.studyInstanceUid(),
                1,
                images.inputDigest(),
                images.priority(),
                site,
                null,
                null,
                images.instances(),
                images.series(),
                images.manifest(),
                images.receivedAt(),
                images.completedAt()));
        desk.accept(of(of, context, 1));
        desk.accept(of.plan(FAR, CHEST));
        desk.accept(of.found(CHEST, 0.83));
        return of;
    }

    private PatientContext context(String id, String issuer, String born, String sex, String date) {
        return new PatientContext(
                study.key(),
                study.uid(),
                1,
                null,
                Phi.ofNullable(id),
                issuer,
                Phi.ofNullable(born),
                sex,
                null,
                date,
                null,
                null,
                null,
                null);
    }

    private static PatientContext of(Studies of, PatientContext context, int revision) {
        return new PatientContext(
                of.key(),
                of.uid(),
                revision,
                null,
                context.patientId(),
                context.issuer(),
                context.birthDate(),
                context.sex(),
                null,
                context.studyDate(),
                null,
                null,
                null,
                null);
    }
}
