package io.prelim.report.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.report.delivery.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What statuses of PS3.4 table B.2-1 and PS3.7 annex C mean. */
class StoreStatusTest {
    @Test
    void whatIsStoredIsStored() {
        assertThat(StoreStatus.answer(0)).isEqualTo(new Answer.Stored(null));
        assertThat(StoreStatus.answer(0x0111)).as("duplicate").isEqualTo(new Answer.Stored(null));
        assertThat(StoreStatus.answer(0xB007)).isEqualTo(new Answer.Stored("warning B007"));
    }

    @Test
    void whatPassesIsTriedAgain() {
        for (int status : List.of(0xA700, 0xA701, 0x0110, 0x0213)) {
            assertThat(StoreStatus.answer(status)).isInstanceOf(Answer.Later.class);
        }
    }

    @Test
    void whatStaysIsNot() {
        for (int status : List.of(0xA900, 0xC000, 0xC123, 0x0122, 0x0124, 0x0117, 0x0211, 0xFE00)) {
            assertThat(StoreStatus.answer(status)).isEqualTo(new Answer.Refused(String.format("status %04X", status)));
        }
    }
}
