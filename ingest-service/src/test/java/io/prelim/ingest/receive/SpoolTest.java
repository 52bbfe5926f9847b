package io.prelim.ingest.receive;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.store.Content;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
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
    @ValueSource(longs = {0, ChunkPool.CHUNK, 4L * ChunkPool.CHUNK, 1L << 30})
    void keepsEveryByteWhereverItLies(long memoryLimit) throws IOException {
        byte[] bytes = bytes(5 * ChunkPool.CHUNK + 123);
        ChunkPool pool = new ChunkPool(1L << 30);
        try (Spool spool = new Spool(pool, memoryLimit, folder)) {
            fill(spool, bytes);

            assertThat(spool.length()).isEqualTo(bytes.length);
            assertThat(spool.inMemory()).isEqualTo(memoryLimit == 1L << 30);
            assertThat(all(spool.slice(0, bytes.length))).isEqualTo(bytes);
            assertThat(all(spool.slice(ChunkPool.CHUNK - 6, 3 * ChunkPool.CHUNK + 1)))
                    .isEqualTo(Arrays.copyOfRange(bytes, ChunkPool.CHUNK - 6, 3 * ChunkPool.CHUNK + 1));
            byte[] few = new byte[8];
            assertThat(spool.read(ChunkPool.CHUNK - 4, few)).isTrue();
            assertThat(few).isEqualTo(Arrays.copyOfRange(bytes, ChunkPool.CHUNK - 4, ChunkPool.CHUNK + 4));
            assertThat(spool.read(bytes.length - 7, few)).isFalse();
        }
        assertThat(pool.used()).isZero();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void goesToAFileWhenOthersHaveTakenTheBudget() throws IOException {
        ChunkPool pool = new ChunkPool(2L * ChunkPool.CHUNK);
        byte[] bytes = bytes(3 * ChunkPool.CHUNK);
        try (Spool first = new Spool(pool, 1 << 30, folder);
                Spool second = new Spool(pool, 1 << 30, folder)) {
            fill(first, Arrays.copyOf(bytes, 2 * ChunkPool.CHUNK - 1));
            fill(second, bytes);

            assertThat(first.inMemory()).isTrue();
            assertThat(second.inMemory()).isFalse();
            assertThat(all(second.slice(0, bytes.length))).isEqualTo(bytes);
        }
        assertThat(pool.used()).isZero();
    }

    private static void fill(Spool spool, byte[] bytes) throws IOException {
        InputStream in = new ByteArrayInputStream(bytes);
        while (spool.fill(in, 50_000) >= 0) {
            // until its end
        }
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
