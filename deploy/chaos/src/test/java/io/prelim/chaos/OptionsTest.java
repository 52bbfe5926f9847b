package io.prelim.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.chaos.plant.Plant;
import io.prelim.local.stack.Refusal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void withoutOptionsFiveMinutesOfADrawnSeed() throws Refusal {
        assertThat(Options.parse(77)).isEqualTo(Options.of(Duration.ofMinutes(5), 77));
    }

    @Test
    void everyOptionIsTaken() throws Refusal {
        Options options = Options.parse(
                77,
                "--minutes",
                "9",
                "--seed",
                "4",
                "--rounds",
                "3",
                "--only",
                "power cut,after-sync",
                "--plant",
                "skip-sync",
                "--broker-away",
                "600",
                "--keep");

        assertThat(options)
                .isEqualTo(new Options(
                        false,
                        Duration.ofMinutes(9),
                        4,
                        3,
                        List.of("power cut", "after-sync"),
                        List.of(Plant.SKIP_SYNC),
                        600,
                        true));
    }

    @Test
    void whatIsNotUnderstoodIsNamed() {
        assertThatThrownBy(() -> Options.parse(1, "--minute"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("--minute;");
        assertThatThrownBy(() -> Options.parse(1, "--minutes")).hasMessage("--minutes needs a value");
        assertThatThrownBy(() -> Options.parse(1, "--minutes", "0")).hasMessageContaining("from 1 to 1440, not \"0\"");
        assertThatThrownBy(() -> Options.parse(1, "--seed", "x")).hasMessageContaining("not \"x\"");
        assertThatThrownBy(() -> Options.parse(1, "--plant", "rose"))
                .hasMessageContaining("skip-sync, acknowledge-early");
    }
}
