package io.prelim.ingest.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ErrandsTest {
    private static final int AT_ONCE = 2;

    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final Errands errands = new Errands("errand", AT_ONCE, e -> failures.add(e.getMessage()));

    @AfterEach
    void stop() throws InterruptedException {
        errands.stop();
    }

    private static void fail(String why) {
        throw new IllegalStateException(why);
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void eachTakesAPlaceUntilItIsDone() {
        CountDownLatch done = new CountDownLatch(1);
        assertThat(errands.free()).isEqualTo(AT_ONCE);

        errands.start(() -> hold(done));

        assertThat(errands.free()).isEqualTo(AT_ONCE - 1);
        done.countDown();
        await().untilAsserted(() -> assertThat(errands.free()).isEqualTo(AT_ONCE));
        assertThat(failures).isEmpty();
    }

    @Test
    void oneThatFailsGivesItsPlaceBackAndIsTold() {
        errands.start(() -> fail("gone"));

        await().untilAsserted(() -> assertThat(errands.free()).isEqualTo(AT_ONCE));
        assertThat(failures).containsExactly("gone");
    }

    @Test
    void aFailureIsToldOnceUntilALookSucceeds() {
        errands.look(() -> fail("first"));
        errands.look(() -> fail("again"));
        assertThat(errands.attempt(() -> fail("beside it"))).isFalse();
        assertThat(errands.attempt(() -> {})).isTrue();
        errands.look(() -> fail("still"));
        assertThat(failures).containsExactly("first");

        errands.look(() -> {});
        errands.look(() -> fail("anew"));

        assertThat(failures).containsExactly("first", "anew");
    }

    @Test
    void stoppingWaitsForWhatIsUnderWay() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        List<String> done = new CopyOnWriteArrayList<>();
        errands.start(() -> {
            begun.countDown();
            await().until(() -> Thread.currentThread().isDaemon());
            done.add("errand");
        });
        begun.await();

        errands.stop();

        assertThat(done).containsExactly("errand");
    }
}
