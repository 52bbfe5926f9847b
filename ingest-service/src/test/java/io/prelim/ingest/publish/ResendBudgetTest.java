package io.prelim.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ResendBudgetTest {
    private final AtomicLong nanos = new AtomicLong(-7);
    private final ResendBudget budget = new ResendBudget(2, nanos::get);

    @Test
    void afterAPauseSomeMayBeToldAtOnce() {
        assertThat(budget.take(10)).isEqualTo(10);
        assertThat(budget.take(1_000)).isEqualTo(54);
        assertThat(budget.take(1_000)).isZero();
    }

    @Test
    void withoutEffectsASmallRateIsLeft() {
        budget.take(64);

        pass(1_000);
        assertThat(budget.take(64)).isEqualTo(2);
        pass(200);
        assertThat(budget.take(64)).isZero();
        pass(300);
        assertThat(budget.take(64)).isEqualTo(1);
    }

    @Test
    void eachEffectAllowsOneMore() {
        budget.take(64);

        budget.effects(5);

        assertThat(budget.take(64)).isEqualTo(5);
    }

    @Test
    void whatWasNotToldIsAllowedStill() {
        budget.take(64);
        budget.giveBack(60);

        assertThat(budget.take(64)).isEqualTo(60);
    }

    @Test
    void itNeverGrowsBeyondItsBound() {
        pass(3_600_000);
        budget.effects(1_000);
        budget.giveBack(1_000);

        assertThat(budget.take(10_000)).isEqualTo(64);
    }

    private void pass(long millis) {
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
