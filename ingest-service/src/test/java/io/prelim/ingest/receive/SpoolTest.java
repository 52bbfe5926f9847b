package io.prelim.ingest.receive;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.store.Content;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {0, Spool.CHUNK, 4L * Spool.CHUNK, 1L << 30})
    void keepsEveryByteWhereverItLies(long memoryLimit) throws IOException {
        byte[] bytes = bytes(5 * Spool.CHUNK + 123);
        SpoolBudget budget = new SpoolBudget(1L << 30);
        try (Spool spool = new Spool(budget, memoryLimit, folder)) {
            for (int at = 0; at < bytes.length; ) {
                int piece = Math.min(50_000, bytes.length - at);
                spool.write(bytes, at, piece);
                at += piece;
            }

            assertThat(spool.length()).isEqualTo(bytes.length);
            assertThat(spool.inMemory()).isEqualTo(memoryLimit == 1L << 30);
            assertThat(all(spool.slice(0, bytes.length))).isEqualTo(bytes);
            assertThat(all(spool.slice(65_530, 200_001))).isEqualTo(Arrays.copyOfRange(bytes, 65_530, 200_001));
            byte[] few = new byte[8];
            assertThat(spool.read(Spool.CHUNK - 4, few)).isTrue();
            assertThat(few).isEqualTo(Arrays.copyOfRange(bytes, Spool.CHUNK - 4, Spool.CHUNK + 4));
            assertThat(spool.read(bytes.length - 7, few)).isFalse();
        }
        assertThat(budget.used()).isZero();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void goesToAFileWhenOthersHaveTakenTheBudget() throws IOException {
        SpoolBudget budget = new SpoolBudget(2L * Spool.CHUNK);
        byte[] bytes = bytes(3 * Spool.CHUNK);
        try (Spool first = new Spool(budget, 1 << 30, folder);
                Spool second = new Spool(budget, 1 << 30, folder)) {
            first.write(bytes, 0, 2 * Spool.CHUNK);
            second.write(bytes, 0, bytes.length);

            assertThat(first.inMemory()).isTrue();
            assertThat(second.inMemory()).isFalse();
            assertThat(all(second.slice(0, bytes.length))).isEqualTo(bytes);
        }
        assertThat(budget.used()).isZero();
    }

    private static byte[] all(Content content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        content.forEach(piece -> {
            byte[] copy = new byte[piece.remaining()];
            piece.get(copy);
            out.writeBytes(copy);
        });
        return out.toByteArray();
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return bytes;
    }
}
