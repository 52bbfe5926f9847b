package io.prelim.ingest.priors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.prelim.dicom.net.dimse.MoveResponse;
import io.prelim.dicom.net.dimse.Status;
import io.prelim.dicom.net.dimse.SubOperations;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.config.TestConfig;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How much of an archive's time is taken; {@code ArchivePeerIT} fetches from real ones. */
@Timeout(60)
class PriorFetcherTest {
    private static final Duration PAUSE = Duration.ofMillis(400);
    private static final IngestConfig CONFIG = TestConfig.of(Map.of(
            "prelim.priors.archive", "archive",
            "prelim.priors.moves-at-once", "2",
            "prelim.priors.pause", PAUSE.toMillis() + "MS"));

    /** Takes as long for each study as the test has it take. */
    private static final class SlowArchive extends Archive {
        private final Semaphore done = new Semaphore(0);
        private final Queue<String> asked = new ConcurrentLinkedQueue<>();

        SlowArchive() {
            super(null, CONFIG);
        }

        @Override
        MoveResponse fetch(String studyInstanceUid) {
            asked.add(studyInstanceUid);
            done.acquireUninterruptibly();
            return new MoveResponse(Status.SUCCESS, null, new SubOperations(0, 1, 0, 0), List.of(), false);
        }
    }

    /** What is due, without a database. */
    private static final class Due extends Fetches {
        private final Queue<DueFetch> waiting = new ArrayDeque<>();
        private final Queue<UUID> fetched = new ConcurrentLinkedQueue<>();

        Due(int studies) {
            super(null, null, CONFIG);
            for (int i = 0; i < studies; i++) {
                waiting.add(new DueFetch(UUID.randomUUID(), "1.2." + i, 0));
            }
        }

        @Override
        Optional<DueFetch> claim() {
            return Optional.ofNullable(waiting.poll());
        }

        @Override
        void fetched(UUID studyKey) {
            fetched.add(studyKey);
        }
    }

    private final SlowArchive archive = new SlowArchive();
    private final Due due = new Due(4);
    private final PriorFetcher fetcher = new PriorFetcher(archive, due, CONFIG, new SimpleMeterRegistry());

    @AfterEach
    void stop() throws InterruptedException {
        archive.done.release(4);
        fetcher.stop();
    }

    @Test
    void noMoreAtOnceThanIsSet() {
        for (int look = 0; look < 10; look++) {
            fetcher.look();
        }

        await().until(() -> archive.asked.size() == 2);
        assertThat(due.waiting).hasSize(2);
    }

    @Test
    void betweenTheEndOfOneAndTheNextIsAPause() {
        fetcher.look();
        fetcher.look();
        long ended = System.nanoTime();
        archive.done.release();
        await().until(() -> due.fetched.size() == 1);

        await().pollInterval(Duration.ofMillis(10)).until(() -> {
            fetcher.look();
            return due.waiting.size() == 1;
        });

        assertThat(Duration.ofNanos(System.nanoTime() - ended)).isGreaterThanOrEqualTo(PAUSE);
    }
}
