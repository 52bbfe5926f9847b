package io.prelim.report.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What statuses of PS3.4 table B.2-1 and PS3.7 annex C mean, and how long is waited. */
class AnswerTest {
    @Test
    void whatIsStoredIsStored() {
        assertThat(Answer.of(0)).isEqualTo(new Answer.Stored(null));
        assertThat(Answer.of(0x0111)).as("duplicate").isEqualTo(new Answer.Stored(null));
        assertThat(Answer.of(0xB007)).isEqualTo(new Answer.Stored("warning B007"));
    }

    @Test
    void whatPassesIsTriedAgain() {
        for (int status : List.of(0xA700, 0xA701, 0x0110, 0x0213)) {
            assertThat(Answer.of(status)).isInstanceOf(Answer.Later.class);
        }
    }

    @Test
    void whatStaysIsNot() {
        for (int status : List.of(0xA900, 0xC000, 0xC123, 0x0122, 0x0124, 0x0117, 0x0211, 0xFE00)) {
            assertThat(Answer.of(status)).isEqualTo(new Answer.Refused(String.format("status %04X", status)));
        }
    }

    @Test
    void pausesDoubleUpToTheLongest() {
        Pauses none = new Pauses(Duration.ofSeconds(5), Duration.ofMinutes(10), () -> 0);
        Pauses most = new Pauses(Duration.ofSeconds(5), Duration.ofMinutes(10), () -> 1);

        assertThat(none.after(1)).hasSeconds(5);
        assertThat(none.after(2)).hasSeconds(10);
        assertThat(none.after(7)).hasSeconds(320);
        assertThat(none.after(8)).hasMinutes(10);
        assertThat(none.after(1_000_000)).hasMinutes(10);
        assertThat(most.after(1)).hasMillis(2_500);
        assertThat(most.after(8)).hasMinutes(5);
    }
}
