package io.prelim.ingest.quiet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.events.Ids;
import io.prelim.ingest.Sender;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.TestIndex;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.assembly.SeenGaps;
import io.prelim.ingest.association.DicomListener;
import io.prelim.ingest.config.TestConfig;
import io.prelim.ingest.fixture.Rows;
import io.prelim.ingest.index.Arrivals;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(60)
class LearnedQuietIT {
    private static final String SENDER = ServiceUnderTest.LEARNER;
    private static final long SET = 60_000;

    @Inject
    DicomListener listener;

    @Inject
    DataSource database;

    @Inject
    TestIndex index;

    @Inject
    GapRows rows;

    @Inject
    QuietPeriods quietPeriods;

    private String send(String sender, String modality, int images) throws IOException {
        String study = Uid.random();
        send(sender, study, modality, images);
        return study;
    }

    private void send(String sender, String study, String modality, int images) throws IOException {
        String series = Uid.random();
        try (Sender association = Sender.connect(listener.port(), sender, "PRELIM")) {
            for (int number = 1; number <= images; number++) {
                TestObject image = TestObject.image(study, series, number, 64).with(Tag.MODALITY, modality);
                assertThat(association.send(image).status()).isZero();
            }
        }
    }

    private List<String> seen(String sender, String modality) {
        return Rows.of(
                database,
                "select studies || ' ' || gaps from arrival_gaps where sender = ? and modality = ?",
                sender,
                modality);
    }

    @Test
    void aSenderThatIsFastIsNotWaitedForAsLong() throws IOException {
        for (int study = 0; study < 4; study++) {
            send(SENDER, ServiceUnderTest.PATIENT_MODALITY, 3);
        }
        await().untilAsserted(() ->
                assertThat(seen(SENDER, ServiceUnderTest.PATIENT_MODALITY)).containsExactly("4 8"));
        await().untilAsserted(() -> assertThat(quietPeriods
                        .of(SENDER, ServiceUnderTest.PATIENT_MODALITY)
                        .millis())
                .isLessThan(SET / 4));

        String study = send(SENDER, ServiceUnderTest.PATIENT_MODALITY, 2);

        assertThat(index.awaitReceived(study, 1).instances()).isEqualTo(2);
        assertThat(index.stages(study))
                .anyMatch(stage -> stage.matches(
                        "RECEIVING quiet period [0-9.]+ s, learned from (8|9) gaps of this sender; set is 60 s"));
    }

    @Test
    void whoIsNotToBeLearnedFromHasThePeriodThatIsSet() throws IOException {
        for (int study = 0; study < 4; study++) {
            send("OTHERS", ServiceUnderTest.PATIENT_MODALITY, 3);
        }
        await().untilAsserted(() ->
                assertThat(seen("OTHERS", ServiceUnderTest.PATIENT_MODALITY)).containsExactly("4 8"));

        assertThat(quietPeriods.of("OTHERS", ServiceUnderTest.PATIENT_MODALITY))
                .isEqualTo(new QuietPeriods.Quiet(SET, SET, null));
    }

    @Test
    void anImageThatComesLateIsAGapOfItsStudy() throws IOException {
        for (int study = 0; study < 3; study++) {
            send(SENDER, "CT", 3);
        }
        String late = send(SENDER, "CT", 1);
        Rows.of(
                database,
                "update studies set last_image_at = last_image_at - interval '8 seconds' where study_key = ? returning 1",
                Ids.study("default", late));

        send(SENDER, late, "CT", 1);

        await().untilAsserted(
                        () -> assertThat(quietPeriods.of(SENDER, "CT").millis()).isBetween(16_000L, 24_000L));
        assertThat(Rows.of(
                        database,
                        "select longest_gap_millis between 8000 and 12000 from studies where study_key = ?",
                        Ids.study("default", late)))
                .containsExactly("t");
    }

    @Test
    void aPauseBetweenExaminationsIsNoGap() throws IOException {
        String study = send(SENDER, "US", 2);
        Rows.of(
                database,
                "update studies set last_image_at = last_image_at - interval '1 hour' where study_key = ? returning 1",
                Ids.study("default", study));

        send(SENDER, study, "US", 1);

        await().untilAsserted(() -> assertThat(seen(SENDER, "US")).containsExactly("1 1"));
        assertThat(Rows.of(
                        database,
                        "select longest_gap_millis < 30000 from studies where study_key = ?",
                        Ids.study("default", study)))
                .containsExactly("t");
    }

    @Test
    void whatCannotBeKeptIsKeptLater() {
        AtomicBoolean away = new AtomicBoolean(true);
        DataSource cut = (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (away.get()) {
                        throw new SQLException("away");
                    }
                    return method.invoke(database, arguments);
                });
        QuietPeriods quiet = new QuietPeriods(new GapRows(cut), TestConfig.of(Map.of()));
        Arrivals.Arrival first = new Arrivals.Arrival("KEPT", "NM", 1, null, 0);

        quiet.arrived(List.of(first, first));
        quiet.keep();
        assertThat(seen("KEPT", "NM")).isEmpty();
        away.set(false);
        quiet.arrived(List.of(first));
        quiet.keep();

        assertThat(seen("KEPT", "NM")).containsExactly("3 0");
    }

    @Test
    void twoServicesAddToOneAnother() throws SQLException {
        Origin origin = Origin.of("TWICE", null);
        for (int service = 0; service < 2; service++) {
            SeenGaps seen = new SeenGaps();
            seen.study(3);
            rows.add(new TreeMap<>(Map.of(origin, seen)));
        }

        assertThat(rows.all().get(origin).studies()).isEqualTo(2);
        assertThat(rows.all().get(origin).gaps()).isEqualTo(4);
        Rows.of(database, "update arrival_gaps set weights = '{1,2}' where sender = 'TWICE' returning 1");
        assertThat(rows.all().get(origin).studies())
                .as("of another number of buckets")
                .isZero();
    }
}
