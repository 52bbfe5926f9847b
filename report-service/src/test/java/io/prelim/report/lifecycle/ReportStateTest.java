package io.prelim.report.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.report.lifecycle.ReportState.Drafting;
import io.prelim.report.lifecycle.ReportState.Offer;
import io.prelim.report.lifecycle.ReportState.Settled;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReportStateTest {
    private static final UUID PLAN = UUID.randomUUID();
    private static final UUID OTHER_PLAN = UUID.randomUUID();

    @Test
    void firstDraftIsVersionOne() {
        assertThat(new ReportState.Awaited().revise(new Offer(1, PLAN, false, "a")))
                .isEqualTo(new Move.Write(new Drafting(1, 1, PLAN, "a")));
        assertThat(new ReportState.Awaited().revise(new Offer(2, PLAN, true, "a")))
                .isEqualTo(new Move.Write(new Settled(1, 2, PLAN, "a")));
    }

    @Test
    void draftGrowsAndSettles() {
        ReportState drafting = new Drafting(3, 1, PLAN, "a");

        assertThat(drafting.revise(new Offer(1, PLAN, false, "b")))
                .isEqualTo(new Move.Write(new Drafting(4, 1, PLAN, "b")));
        assertThat(drafting.revise(new Offer(1, PLAN, true, "b")))
                .isEqualTo(new Move.Write(new Settled(4, 1, PLAN, "b")));
    }

    @Test
    void sameContentWritesNothing() {
        assertThat(new Drafting(3, 1, PLAN, "a").revise(new Offer(1, PLAN, false, "a")))
                .isEqualTo(Move.Keep.SAME_CONTENT);
        assertThat(new Settled(3, 1, PLAN, "a").revise(new Offer(1, PLAN, true, "a")))
                .isEqualTo(Move.Keep.SAME_CONTENT);
    }

    @Test
    void lowerRevisionNeverOverwritesAHigherOne() {
        assertThat(new Drafting(3, 2, PLAN, "a").revise(new Offer(1, OTHER_PLAN, true, "b")))
                .isEqualTo(Move.Keep.LOWER_REVISION);
        assertThat(new Settled(3, 2, PLAN, "a").revise(new Offer(1, OTHER_PLAN, true, "b")))
                .isEqualTo(Move.Keep.LOWER_REVISION);
    }

    @Test
    void lateAnswerAmendsASettledDraft() {
        assertThat(new Settled(3, 1, PLAN, "a").revise(new Offer(1, PLAN, true, "b")))
                .isEqualTo(new Move.Write(new Settled(4, 1, PLAN, "b")));
    }

    @Test
    void samePlanIsNotOpenedAgain() {
        assertThat(new Settled(3, 1, PLAN, "a").revise(new Offer(1, PLAN, false, "b")))
                .isEqualTo(Move.Keep.ALREADY_SETTLED);
    }

    @Test
    void newRevisionOpensASettledDraft() {
        assertThat(new Settled(3, 1, PLAN, "a").revise(new Offer(2, OTHER_PLAN, false, "b")))
                .isEqualTo(new Move.Write(new Drafting(4, 2, OTHER_PLAN, "b")));
    }
}
