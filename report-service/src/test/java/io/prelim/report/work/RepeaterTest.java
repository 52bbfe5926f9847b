package io.prelim.report.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RepeaterTest {
    private final AtomicInteger runs = new AtomicInteger();
    private final List<String> told = new CopyOnWriteArrayList<>();

    @Test
    void runsAtOnceAndWhenWoken() {
        try (Repeater repeater =
                Repeater.start("test", Duration.ofHours(1), runs::incrementAndGet, fault -> told.add("" + fault))) {
            await().until(() -> runs.get() == 1);

            repeater.wake();

            await().until(() -> runs.get() == 2);
            assertThat(told).isEmpty();
        }
    }

    @Test
    void runsOncePerPeriod() {
        try (Repeater repeater = Repeater.start("test", Duration.ofMillis(20), runs::incrementAndGet, fault -> {})) {
            await().until(() -> runs.get() >= 5);
            assertThat(repeater).isNotNull();
        }
    }

    @Test
    void faultIsToldOnceAndItsEndToo() {
        try (Repeater repeater = Repeater.start(
                "test",
                Duration.ofHours(1),
                () -> {
                    if (runs.incrementAndGet() < 3) {
                        throw new IllegalStateException("away");
                    }
                },
                fault -> told.add(fault == null ? "over" : fault.getMessage()))) {
            await().untilAsserted(() -> assertThat(told).containsExactly("away", "over"));
            assertThat(repeater).isNotNull();
        }
    }
}
