package io.prelim.local.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BoardTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void awayFromATerminalEachStepIsALineOfItsOwn() {
        Board board = new Board(out, false);

        int study = board.add("1.2.3", "1 image");
        board.step(study, "received", Duration.ofMillis(2140));

        assertThat(said()).isEqualTo("  study 1  1.2.3                     1 image\n  study 1  received 2.1 s\n");
    }

    @Test
    void onATerminalTheLinesOfAllStudiesAreDrawnAnew() {
        Board board = new Board(out, true);
        board.add("1.2.3", "1 image");
        board.add("1.2.4", "2 images");
        bytes.reset();

        board.step(1, "drafted", Duration.ofSeconds(3));

        assertThat(said())
                .isEqualTo("\033[2A\033[J  study 1  1.2.3                     1 image > drafted 3.0 s\n"
                        + "  study 2  1.2.4                     2 images\n");
    }

    private String said() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
