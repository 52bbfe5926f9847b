package io.prelim.inference.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LaneQueueTest {
    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");
    private static final Duration MAX_AGE = Duration.ofMinutes(2);

    private Instant now = START;
    private final LaneQueue<String> queue = new LaneQueue<>(4, LaneCredits.of(8, MAX_AGE), () -> now);

    @Test
    void statOvertakesRoutine() throws InterruptedException {
        queue.put(Lane.ROUTINE, "r", START);
        queue.put(Lane.STAT, "s", START);

        assertThat(taken(2)).containsExactly("s", "r");
    }

    @Test
    void afterEightStatAWaitingRoutineGoes() throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            queue.put(Lane.STAT, "s", START);
            queue.put(Lane.ROUTINE, "r", START);
        }

        assertThat(String.join("", taken(27))).isEqualTo("ssssssssrssssssssrssssrrrrr".substring(0, 27));
    }

    @Test
    void creditsAreNotSpentWhileNobodyWaits() throws InterruptedException {
        for (int i = 0; i < 8; i++) {
            queue.put(Lane.STAT, "s", START);
        }
        taken(8);
        queue.put(Lane.ROUTINE, "r", START);
        queue.put(Lane.STAT, "s", START);

        assertThat(taken(2)).containsExactly("s", "r");
    }

    @Test
    void pastItsAgeRoutineAlternatesWithStat() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            queue.put(Lane.STAT, "s", START);
            queue.put(Lane.ROUTINE, "r", START);
        }
        now = START.plus(MAX_AGE).plusMillis(1);

        assertThat(String.join("", taken(8))).isEqualTo("srsrsrsr");
    }

    @Test
    void atItsAgeExactlyItStillWaits() throws InterruptedException {
        queue.put(Lane.ROUTINE, "r", START);
        queue.put(Lane.STAT, "s", START);
        queue.put(Lane.STAT, "t", START);
        now = START.plus(MAX_AGE);

        assertThat(taken(3)).containsExactly("s", "t", "r");
    }

    @Test
    void onlyTheFullLaneIsFull() {
        for (int i = 0; i < 4; i++) {
            queue.put(Lane.ROUTINE, "r", START);
        }

        assertThat(queue.isFull(Lane.ROUTINE)).isTrue();
        assertThat(queue.hasRoom(Lane.ROUTINE)).isFalse();
        assertThat(queue.isFull(Lane.STAT)).isFalse();
    }

    @Test
    void aFullLaneHasRoomWhenHalfEmpty() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            queue.put(Lane.STAT, "s", START);
        }
        taken(1);
        assertThat(queue.hasRoom(Lane.STAT)).isFalse();
        taken(1);
        assertThat(queue.hasRoom(Lane.STAT)).isTrue();
    }

    @Test
    void closingEndsWhoWaitsAndHandsNothingOut() throws Exception {
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return queue.take().isPresent();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        queue.close();
        queue.put(Lane.STAT, "s", START);

        assertThat(waiting.get(10, TimeUnit.SECONDS)).isFalse();
        assertThat(queue.take()).isEmpty();
    }

    @Test
    void dropsWhatIsNoLongerOurs() throws InterruptedException {
        queue.put(Lane.STAT, "gone", START);
        queue.put(Lane.ROUTINE, "ours", START);
        queue.removeIf("gone"::equals);

        assertThat(taken(1)).containsExactly("ours");
    }

    private List<String> taken(int count) throws InterruptedException {
        List<String> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(queue.take().orElseThrow());
        }
        return items;
    }
}
