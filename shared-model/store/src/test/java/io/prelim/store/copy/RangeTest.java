package io.prelim.store.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RangeTest {
    @Test
    void whatNothingCoversIsMissingWhole() {
        assertThat(Range.missing(3, 100, List.of())).containsExactly(range(0, 100));
    }

    @Test
    void whatIsCoveredInPiecesIsNotMissing() {
        assertThat(Range.missing(3, 100, List.of(range(40, 100), range(0, 40)))).isEmpty();
    }

    @Test
    void gapsAtTheBeginningBetweenAndAtTheEndAreMissing() {
        assertThat(Range.missing(3, 100, List.of(range(10, 20), range(30, 90))))
                .containsExactly(range(0, 10), range(20, 30), range(90, 100));
    }

    @Test
    void rangesMayOverlapHoldOneAnotherAndReachBeyondTheEnd() {
        assertThat(Range.missing(
                        3, 100, List.of(range(0, 60), range(10, 20), range(50, 70), range(80, 120), range(200, 300))))
                .containsExactly(range(70, 80));
    }

    @Test
    void splitsInOrderWithoutLoss() {
        assertThat(range(10, 35).split(10)).containsExactly(range(10, 20), range(20, 30), range(30, 35));
        assertThat(range(10, 20).split(10)).containsExactly(range(10, 20));
    }

    @Test
    void meetsWhatItSharesAByteWith() {
        assertThat(range(10, 20).meets(range(19, 30))).isTrue();
        assertThat(range(10, 20).meets(range(20, 30))).isFalse();
        assertThat(range(10, 20).meets(new Range(4, 10, 20))).isFalse();
    }

    @Test
    void refusesWhatIsNoRange() {
        assertThatThrownBy(() -> range(5, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> range(-1, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Range(0, 0, 5)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Range range(long from, long to) {
        return new Range(3, from, to);
    }
}
