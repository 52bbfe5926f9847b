package io.prelim.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {
    @TempDir
    Path folder;

    @Test
    void lastLinesInPlainWords() throws IOException {
        Path log = Files.writeString(folder.resolve("a.log"), """
                first
                {"level":"ERROR","message":"no database","exception":{"message":"not started","causedBy":{"exception":{"message":"refused\\nby peer"}}}}

                {not json
                """);

        assertThat(LogTail.of(log, 2)).containsExactly("ERROR no database: refused by peer", "{not json");
    }

    @Test
    void missingLogIsEmpty() {
        assertThat(LogTail.of(folder.resolve("none.log"), 5)).isEmpty();
    }
}
