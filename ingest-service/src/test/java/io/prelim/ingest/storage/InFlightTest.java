package io.prelim.ingest.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InFlightTest {
    private final InFlight inFlight = new InFlight();

    @Test
    void aMarkIsReachedWhenAllBeforeItHaveEnded() {
        InFlight.Ticket first = inFlight.enter();
        InFlight.Ticket second = inFlight.enter();
        long mark = inFlight.mark();

        second.close();
        assertThat(inFlight.endedBefore(mark)).isFalse();
        first.close();
        assertThat(inFlight.endedBefore(mark)).isTrue();
    }

    @Test
    void whatComesLaterDoesNotHoldAMarkUp() {
        long mark = inFlight.mark();

        InFlight.Ticket later = inFlight.enter();

        assertThat(inFlight.endedBefore(mark)).isTrue();
        assertThat(inFlight.endedBefore(inFlight.mark())).isFalse();
        later.close();
        later.close();
        assertThat(inFlight.endedBefore(inFlight.mark())).isTrue();
    }
}
