package io.prelim.report.fhircast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.prelim.access.Caller;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What the clock and slow lines do to a topic. */
class TopicTest {
    private static final Limits LIMITS = new Limits(
            10,
            10,
            1_000,
            2_000,
            5_000,
            4,
            10_000,
            Duration.ofSeconds(10),
            2,
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofHours(1));

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private final AtomicLong memory = new AtomicLong();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Topic topic =
            new Topic("a-session", Caller.ANYBODY, LIMITS, clock::get, new HubFigures(meters), memory);
    private final EventReader reader = new EventReader(new Catalogue(Set.of()));

    @Test
    void oneMessageIsOnItsWayAtATime() {
        FakeLine line = new FakeLine();
        Subscriber subscriber = join(line, "Patient-open");
        assertThat(line.sent).hasSize(1);

        topic.accept(open("e1", "p1"));
        topic.accept(open("e2", "p2"));
        assertThat(line.sent).hasSize(1);

        line.flushed();
        assertThat(line.sent).hasSize(2);
        line.flushed();
        assertThat(line.sent).hasSize(3).last().asString().contains("e2");
        assertThat(topic.has(subscriber)).isTrue();
    }

    @Test
    void numbersKeepTheirDigits() {
        FakeLine line = new FakeLine();
        join(line, "Patient-open");
        line.flushed();
        topic.accept(open("e1", "p1', 'multipleBirthInteger':1.50,'x':'"));

        assertThat(line.sent).last().asString().contains("1.50");
        assertThat(topic.currentContext().toString()).contains("1.50");
    }

    @Test
    void whoTakesNothingIsCutWhenItsQueueIsFull() {
        FakeLine deaf = new FakeLine();
        FakeLine good = new FakeLine();
        Subscriber subscriber = join(deaf, "Patient-open");
        Subscriber reading = join(good, "Patient-open,SyncError");
        for (int i = 0; i < 5; i++) {
            good.flushed();
            topic.accept(open("e" + i, "p"));
            topic.answered(reading, "e" + i, 200);
        }
        assertThat(deaf.cut).isTrue();
        assertThat(topic.has(subscriber)).isFalse();
        good.flushed();
        good.flushed();
        assertThat(good.sent.toString()).contains("e4", "takes no messages");
        assertThat(meters.counter("prelim.report.fhircast.cut").count()).isEqualTo(1);
    }

    @Test
    void whoTakesNothingIsCutInTime() {
        FakeLine deaf = new FakeLine();
        join(deaf, "SyncError");
        pass(9);
        assertThat(deaf.cut).isFalse();
        pass(2);
        assertThat(deaf.cut).isTrue();
    }

    @Test
    void aDenialThatIsNotTakenIsCutToo() {
        FakeLine deaf = new FakeLine();
        Subscriber subscriber = join(deaf, "SyncError");
        topic.unsubscribe(subscriber);
        assertThat(deaf.cut).isFalse();
        pass(11);
        assertThat(deaf.cut).isTrue();
    }

    @Test
    void aLeaseIsCountedFromTheConnection() {
        FakeLine line = new FakeLine();
        Subscriber subscriber = topic.subscribe(null, Set.of("SyncError"), 60);
        pass(30);
        assertThat(topic.connect(subscriber, line)).isTrue();
        line.flushed();
        assertThat(line.sent.get(0)).contains("\"hub.lease_seconds\":60");
        pass(59);
        assertThat(topic.has(subscriber)).isTrue();
        pass(1);
        line.flushed();
        assertThat(topic.has(subscriber)).isFalse();
        assertThat(line.sent).last().asString().contains("denied", "lease");
        assertThat(line.ended).isTrue();
    }

    @Test
    void whoDoesNotConnectIsForgottenAndTheTopicAfterIt() {
        Subscriber subscriber = topic.subscribe(null, Set.of("SyncError"), 7200);
        pass(59);
        assertThat(topic.has(subscriber)).isTrue();
        pass(2);
        assertThat(topic.has(subscriber)).isFalse();
        assertThat(topic.isIdle()).isFalse();
        pass(3601);
        assertThat(topic.isIdle()).isTrue();
    }

    @Test
    void contextsHoldNoMoreThanAllMay() {
        for (int i = 0; i < 100; i++) {
            try {
                topic.accept(open("e" + i, "p" + i));
            } catch (Refused refused) {
                assertThat(refused.status()).isEqualTo(503);
                break;
            }
        }
        assertThat(memory.get()).isBetween(4_000L, 5_000L);
        topic.close("over");
        assertThat(memory.get()).isZero();
    }

    @Test
    void aContextTooManyIsRefused() {
        AtomicLong enough = new AtomicLong(-1_000_000);
        Topic many = new Topic("a-session", Caller.ANYBODY, LIMITS, clock::get, new HubFigures(meters), enough);
        for (int i = 0; i < Limits.CONTEXTS; i++) {
            many.accept(open("e" + i, "p" + i));
        }
        assertThatThrownBy(() -> many.accept(open("more", "more")))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.status()).isEqualTo(409));
        // what is open already may be opened again
        many.accept(open("again", "p3"));
        assertThat(many.currentContext().toString()).contains("\"p3\"");
    }

    private Subscriber join(FakeLine line, String events) {
        Subscriber subscriber = topic.subscribe("somebody", Set.of(events.split(",")), 7200);
        topic.connect(subscriber, line);
        return subscriber;
    }

    private CastEvent open(String id, String patient) {
        return reader.read(("{'timestamp':'2026-03-01T08:00:00Z','id':'" + id
                        + "','event':{'hub.topic':'a-session','hub.event':'Patient-open','context':[{'key':'patient',"
                        + "'resource':{'resourceType':'Patient','id':'" + patient + "'}}]}}")
                .replace('\'', '"')
                .getBytes(StandardCharsets.UTF_8));
    }

    private void pass(int seconds) {
        clock.addAndGet(Duration.ofSeconds(seconds).toNanos());
        topic.tick();
    }

    /** A line whose messages leave when the test says so. */
    private static final class FakeLine implements Line {
        private final List<String> sent = new ArrayList<>();
        private final List<Consumer<Boolean>> waiting = new ArrayList<>();
        private boolean ended;
        private boolean cut;

        private void flushed() {
            List<Consumer<Boolean>> done = List.copyOf(waiting);
            waiting.clear();
            done.forEach(each -> each.accept(true));
        }

        @Override
        public void send(String text, Consumer<Boolean> done) {
            sent.add(text);
            waiting.add(done);
        }

        @Override
        public void ping() {}

        @Override
        public void end() {
            ended = true;
        }

        @Override
        public void cut() {
            cut = true;
        }
    }
}
