package io.prelim.ingest.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prelim.events.Event;
import io.prelim.events.ModelRole;
import io.prelim.events.Priority;
import io.prelim.events.ReportChanged;
import io.prelim.events.StudyAnalyzed;
import io.prelim.events.StudyReceived;
import io.prelim.events.Topics;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.fixture.Kafka;
import io.prelim.ingest.fixture.Rows;
import io.prelim.ingest.fixture.TestStudy;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a later revision of a study tells of the one before. */
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(60)
class RevisionIT extends OverDimse {
    private final Kafka kafka = Kafka.ofService();

    @Inject
    DataSource database;

    @AfterEach
    void close() {
        kafka.close();
    }

    @Test
    void aRevisionTellsTheAnswersThatLedgerAndReportHold() throws Exception {
        TestObject image = TestObject.radiograph();
        send(image);
        StudyReceived first = index.awaitReceived(image.study(), 1);
        assertThat(first.answered()).isNull();
        UUID reported = answer(first, "chest", ModelRole.ACTIVE, StudyAnalyzed.Status.FINDINGS);
        UUID shadow = answer(first, "shadow", ModelRole.SHADOW, StudyAnalyzed.Status.NOT_APPLICABLE);
        UUID failed = answer(first, "hand", ModelRole.ACTIVE, StudyAnalyzed.Status.FAILED);
        answer(first, "bone", ModelRole.ACTIVE, StudyAnalyzed.Status.FINDINGS);
        report(first, List.of(reported, failed));
        await().until(() -> Rows.of(database, "select outcome_id from answers where study_key = ?", first.studyKey())
                                .size()
                        == 4
                && Rows.of(
                                        database,
                                        "select outcome_id from reported_outcomes where outcome_id in (?, ?)",
                                        reported,
                                        failed)
                                .size()
                        == 2);

        send(TestObject.image(image.study(), image.series() + ".1", 2, 1000));

        StudyReceived second = index.awaitReceived(image.study(), 2);
        assertThat(second.answered()).containsExactlyInAnyOrder(reported, shadow);
        assertThat(second.plan()).isNull();
        assertThat(second.series()).hasSize(2).contains(first.series().get(0));
        assertThat(second.series()).allMatch(series -> series.inputDigest().startsWith("sha256:"));
    }

    private UUID answer(StudyReceived study, String deployment, ModelRole role, StudyAnalyzed.Status status) {
        UUID outcomeId = UUID.randomUUID();
        send(
                Topics.STUDY_ANALYZED,
                new StudyAnalyzed(
                        outcomeId,
                        study.studyKey(),
                        study.studyInstanceUid(),
                        study.revision(),
                        study.inputDigest(),
                        TestStudy.model(deployment, role),
                        status,
                        List.of(),
                        null,
                        null,
                        1,
                        null,
                        Instant.now()));
        return outcomeId;
    }

    private void report(StudyReceived study, List<UUID> outcomeIds) {
        send(
                Topics.REPORT_CHANGED,
                new ReportChanged(
                        UUID.randomUUID(),
                        List.of(study.studyKey()),
                        List.of(study.studyInstanceUid()),
                        1,
                        1,
                        study.revision(),
                        ReportChanged.Status.DRAFT,
                        true,
                        Priority.ROUTINE,
                        outcomeIds,
                        Instant.now()));
    }

    private void send(String topic, Event event) {
        kafka.send(topic, event);
    }
}
