package io.prelim.chaos.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    @TempDir
    Path folder;

    private static Parcel parcel(int id) {
        return new Parcel(id, Parcel.Kind.OBJECT, "1.2", "1.3", "1.4", "1.4", new byte[0]);
    }

    @Test
    void anAnswerForGoodStandsWhateverComesAfter() throws Exception {
        Path file = folder.resolve("journal");
        try (Journal journal = Journal.create(file)) {
            journal.sending(parcel(1));
            journal.answered(parcel(1), new Answer.Unknown("timeout"));
            journal.sending(parcel(1));
            journal.answered(parcel(1), new Answer.Stored());
            journal.sending(parcel(2));
            journal.answered(parcel(2), new Answer.Refused(0xC002));
            journal.answered(parcel(2), new Answer.Unknown("late"));
            journal.sending(parcel(3));
        }

        assertThat(Journal.read(file))
                .isEqualTo(Map.of(
                        1, new Answer.Stored(), 2, new Answer.Refused(0xC002), 3, new Answer.Unknown("no answer")));
    }

    @Test
    void statusDecidesWhetherItIsTriedAgain() {
        assertThat(Answer.ofStatus(0x0000)).isEqualTo(new Answer.Stored());
        assertThat(Answer.ofStatus(0xB000)).isEqualTo(new Answer.Stored());
        assertThat(Answer.ofStatus(0xA700)).isInstanceOf(Answer.Unknown.class);
        assertThat(Answer.ofStatus(0x0110)).isInstanceOf(Answer.Unknown.class);
        assertThat(Answer.ofStatus(0xA900)).isEqualTo(new Answer.Refused(0xA900));
        assertThat(Answer.ofStatus(0xC002)).isEqualTo(new Answer.Refused(0xC002));
    }
}
