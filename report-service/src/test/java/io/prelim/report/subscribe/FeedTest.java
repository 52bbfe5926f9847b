package io.prelim.report.subscribe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.access.Sites;
import io.prelim.report.store.EventLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Flow;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FeedTest {
    private static final Feed.Limits LIMITS = new Feed.Limits(16, 3, Duration.ofSeconds(15), Duration.ofSeconds(30));

    private final ScriptedLog log = new ScriptedLog();
    private final List<StreamClient> cut = new ArrayList<>();
    private long nanos;
    private Sites sites = Sites.ALL;
    private final Feed feed = new Feed(log, LIMITS, () -> nanos, cut::add);

    @Test
    void newClientSeesOnlyWhatHappensAfterIt() {
        log.append(5);
        feed.run();
        Reader reader = join(null, Long.MAX_VALUE);
        feed.run();
        log.append(2);

        feed.run();

        assertThat(reader.items).first().isEqualTo(new StreamItem.Opened(5));
        assertThat(reader.positions()).containsExactly(6L, 7L);
    }

    @Test
    void resumingClientGetsEveryPositionOnceInOrderBeyondWindowAndPage() {
        log.append(1000);
        Reader reader = join(3L, Long.MAX_VALUE);

        feed.run();
        log.append(100);
        feed.run();

        assertThat(reader.positions())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(4, 1100).boxed().toList());
    }

    @Test
    void clientGetsNoMoreThanItAskedFor() {
        log.append(10);
        Reader reader = join(0L, 4);

        feed.run();
        assertThat(reader.items).hasSize(4);
        reader.subscription.request(2);
        feed.run();

        assertThat(reader.positions()).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void slowClientIsCutAndOthersGoOn() {
        Reader slow = join(null, 1);
        Reader quick = join(null, Long.MAX_VALUE);
        feed.run();
        log.append(5000);
        feed.run();
        assertThat(cut).isEmpty();
        nanos += Duration.ofSeconds(31).toNanos();

        feed.run();

        assertThat(cut).hasSize(1).first().isSameAs(slow.subscription);
        assertThat(slow.completed).isTrue();
        assertThat(quick.positions()).hasSize(5000);
        assertThat(quick.completed).isFalse();
        assertThat(feed.clients()).isEqualTo(1);
    }

    @Test
    void slowClientHoldsOnePageAtMost() {
        log.append(5000);
        Reader slow = join(0L, 2);

        feed.run();
        feed.run();

        assertThat(((StreamClient) slow.subscription).page()).hasSizeLessThanOrEqualTo(256);
    }

    @Test
    void expiredAndUnknownPositionsAreReset() {
        log.append(20);
        log.trim(10);
        Reader expired = join(3L, Long.MAX_VALUE);
        Reader future = join(21L, Long.MAX_VALUE);

        feed.run();
        log.append(1);
        feed.run();

        for (Reader reader : List.of(expired, future)) {
            assertThat(reader.items).startsWith(new StreamItem.Reset(20)).hasSize(2);
            assertThat(reader.positions()).containsExactly(21L);
        }
    }

    @Test
    void positionBeforeTheFirstHeldCanBeResumed() {
        log.append(20);
        log.trim(10);
        Reader reader = join(10L, Long.MAX_VALUE);

        feed.run();

        assertThat(reader.items).startsWith(new StreamItem.Opened(10));
        assertThat(reader.positions()).hasSize(10);
    }

    @Test
    void logTrimmedUnderASlowReaderResetsIt() {
        log.append(600);
        feed.run();
        Reader reader = join(0L, 100);
        feed.run();
        log.trim(500);

        reader.subscription.request(1000);
        feed.run();

        assertThat(reader.items).contains(new StreamItem.Reset(600));
    }

    @Test
    void quietClientHasAHeartbeat() {
        Reader reader = join(null, Long.MAX_VALUE);
        feed.run();
        nanos += Duration.ofSeconds(16).toNanos();

        feed.run();
        feed.run();

        assertThat(reader.items).containsExactly(new StreamItem.Opened(0), new StreamItem.Heartbeat(0));
    }

    @Test
    void tooManyClientsAreRefused() {
        join(null, 1);
        join(null, 1);
        join(null, 1);

        assertThat(feed.join(new StreamClient(null, Sites.ALL, () -> {}, () -> {}), new Reader(1)))
                .isFalse();
    }

    @Test
    void clientThatLeftIsForgotten() {
        Reader reader = join(null, 1);
        reader.subscription.cancel();

        feed.run();

        assertThat(feed.clients()).isZero();
    }

    @Test
    void logThatCannotBeReadLeavesClientsTheirHeartbeats() {
        Reader reader = join(null, Long.MAX_VALUE);
        feed.run();
        log.fault = new IllegalStateException("database away");
        nanos += Duration.ofSeconds(16).toNanos();

        assertThatThrownBy(feed::run).isSameAs(log.fault);

        assertThat(reader.items).last().isEqualTo(new StreamItem.Heartbeat(0));
        log.fault = null;
        log.append(1);
        feed.run();
        assertThat(reader.positions()).containsExactly(1L);
    }

    @Test
    void clientDoesNotSeeChangesOfOtherSitesAndResumesBehindThem() {
        sites = Sites.of(Set.of("north"));
        Reader reader = join(0L, Long.MAX_VALUE);
        log.site = "south";
        log.append(10_000);
        log.site = "north";
        log.append(1);
        log.site = null;
        log.append(1);
        for (int i = 0; i < 3; i++) {
            feed.run();
        }
        nanos += Duration.ofSeconds(16).toNanos();

        feed.run();

        assertThat(reader.positions()).containsExactly(10_001L);
        assertThat(reader.items).last().isEqualTo(new StreamItem.Heartbeat(10_002));
    }

    private Reader join(Long after, long demand) {
        Reader reader = new Reader(demand);
        assertThat(feed.join(new StreamClient(after, sites, () -> {}, () -> {}), reader))
                .isTrue();
        return reader;
    }

    private static final class Reader implements Flow.Subscriber<StreamItem> {
        private final long demand;
        private final List<StreamItem> items = new ArrayList<>();
        private Flow.Subscription subscription;
        private boolean completed;

        Reader(long demand) {
            this.demand = demand;
        }

        List<Long> positions() {
            return items.stream()
                    .filter(item -> item instanceof StreamItem.Change)
                    .map(StreamItem::position)
                    .toList();
        }

        @Override
        public void onSubscribe(Flow.Subscription to) {
            subscription = to;
            to.request(demand);
        }

        @Override
        public void onNext(StreamItem item) {
            items.add(item);
        }

        @Override
        public void onError(Throwable fault) {
            throw new AssertionError(fault);
        }

        @Override
        public void onComplete() {
            completed = true;
        }
    }

    /** An event log in memory that can be trimmed and can fail. */
    private static final class ScriptedLog implements LogReader {
        private final List<EventLog.Entry> entries = new ArrayList<>();
        private String site;
        private long last;
        private RuntimeException fault;

        void append(int count) {
            for (int i = 0; i < count; i++) {
                last++;
                entries.add(new EventLog.Entry(last, "{\"sequence\":" + last + "}", site));
            }
        }

        void trim(long upTo) {
            entries.removeIf(entry -> entry.position() <= upTo);
        }

        @Override
        public EventLog.Range range() {
            if (fault != null) {
                throw fault;
            }
            return new EventLog.Range(
                    entries.isEmpty() ? last + 1 : entries.get(0).position(), last);
        }

        @Override
        public List<EventLog.Entry> after(long position, int limit) {
            if (fault != null) {
                throw fault;
            }
            return entries.stream()
                    .filter(entry -> entry.position() > position)
                    .limit(limit)
                    .toList();
        }
    }
}
