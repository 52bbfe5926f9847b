package io.prelim.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.store.Parts;
import io.prelim.store.copy.CopyFailed;
import io.prelim.store.copy.CopyStore.Entry;
import io.prelim.testkit.peers.S3rver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a real server that speaks S3. */
@Tag("full")
@Timeout(60)
class S3CopyStoreIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private S3rver server;
    private S3CopyStore store;
    private Path accessKey;

    @BeforeEach
    void server() throws IOException {
        server = S3rver.start(folder.resolve("s3"));
        accessKey = Files.writeString(folder.resolve("access-key"), S3rver.KEY + "\n");
        store = S3CopyStore.of(settings(server.port(), S3rver.BUCKET));
    }

    @AfterEach
    void stop() {
        if (server != null) {
            store.close();
            server.close();
        }
    }

    @Test
    void givesBackWhatWasPut() throws Exception {
        byte[] bytes = Parts.bytes(1, 300_000);
        ByteBuffer content = ByteBuffer.wrap(bytes, 1000, 200_000);

        store.put("a/1", content, PATIENCE);
        store.put("a/1", content, PATIENCE); // again is no fault

        assertThat(content.remaining()).isEqualTo(200_000);
        ByteBuffer target = ByteBuffer.allocate(200_000);
        assertThat(store.get("a/1", target)).isTrue();
        assertThat(target.flip()).isEqualTo(content);
    }

    @Test
    void anObjectThatIsNotThereOrOfAnotherLengthIsNone() throws Exception {
        store.put("a/1", ByteBuffer.wrap(new byte[10]), PATIENCE);

        assertThat(store.get("a/2", ByteBuffer.allocate(10))).isFalse();
        assertThat(store.get("a/1", ByteBuffer.allocate(9))).isFalse();
        assertThat(store.get("a/1", ByteBuffer.allocate(11))).isFalse();
    }

    @Test
    void listsByPrefixInPagesAndDeletes() throws Exception {
        for (String key : List.of("a/1", "a/2", "a/3", "b/1")) {
            store.put(key, ByteBuffer.wrap(new byte[key.charAt(2)]), PATIENCE);
        }

        assertThat(store.list("a/", "", 2)).containsExactly(new Entry("a/1", '1'), new Entry("a/2", '2'));
        assertThat(store.list("a/", "a/2", 2)).containsExactly(new Entry("a/3", '3'));
        assertThat(store.list("a/", "a/~", 2)).isEmpty();
        assertThat(store.folders()).containsExactly("a", "b");

        store.delete(List.of("a/1", "a/3", "never there"));

        assertThat(store.list("", "", 1000)).extracting(Entry::key).containsExactly("a/2", "b/1");
    }

    @Test
    void deletesMoreThanOneRequestMayName() throws Exception {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 1500; i++) {
            keys.add("a/" + i);
        }
        store.put("a/1", ByteBuffer.wrap(new byte[1]), PATIENCE);
        store.put("a/1499", ByteBuffer.wrap(new byte[1]), PATIENCE);

        store.delete(keys);

        assertThat(store.list("", "", 10)).isEmpty();
    }

    @Test
    void whatIsRefusedSaysWhyByCodesAndNoMore() throws Exception {
        Files.writeString(accessKey, "NOBODY");
        assertThatThrownBy(() -> store.put("a/1", ByteBuffer.wrap(new byte[1]), PATIENCE))
                .isInstanceOf(CopyFailed.class)
                .hasMessage("403 InvalidAccessKeyId");
        Files.writeString(accessKey, S3rver.KEY);
        store.put("a/1", ByteBuffer.wrap(new byte[1]), PATIENCE); // read anew

        try (S3CopyStore nowhere = S3CopyStore.of(settings(server.port(), "nowhere"))) {
            assertThatThrownBy(() -> nowhere.list("", "", 1))
                    .isInstanceOf(CopyFailed.class)
                    .hasMessage("404 NoSuchBucket");
        }
        Files.delete(accessKey);
        assertThatThrownBy(() -> store.list("", "", 1))
                .isInstanceOf(CopyFailed.class)
                .hasMessageStartingWith("SdkClientException");
    }

    @Test
    void aServerThatIsAwayOrSilentFailsInTime() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                S3CopyStore stalled = S3CopyStore.of(settings(silent.getLocalPort(), S3rver.BUCKET))) {
            long begin = System.nanoTime();
            assertThatThrownBy(() -> stalled.put("a/1", ByteBuffer.wrap(new byte[100]), Duration.ofMillis(500)))
                    .isInstanceOf(CopyFailed.class);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
        server.stop();
        assertThatThrownBy(() -> store.put("a/1", ByteBuffer.wrap(new byte[1]), PATIENCE))
                .isInstanceOf(CopyFailed.class)
                .hasMessageContaining("ConnectException");
        server.start();
        store.put("a/1", ByteBuffer.wrap(new byte[1]), PATIENCE);
    }

    private S3Settings settings(int port, String bucket) {
        return new S3Settings(
                URI.create("http://127.0.0.1:" + port),
                "us-east-1",
                bucket,
                "prelim/site",
                true,
                accessKey,
                accessKey,
                Duration.ofSeconds(2),
                Duration.ofSeconds(10));
    }
}
