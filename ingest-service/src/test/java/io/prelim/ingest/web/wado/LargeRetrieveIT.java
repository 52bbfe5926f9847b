package io.prelim.ingest.web.wado;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.object.FileMeta;
import io.prelim.events.EventJson;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.StowClient;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.fixture.DicomWebClient;
import io.prelim.ingest.fixture.DicomWebClient.Answer;
import io.prelim.ingest.fixture.IngestProcess;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is larger than the memory of the service goes through it all the same: a process of its own, with 256 MB. */
@org.junit.jupiter.api.Tag("full")
@Timeout(600)
class LargeRetrieveIT {
    private static final String HEAP = "256m";
    private static final int SIDE = 1024;
    private static final int FRAME = SIDE * SIDE;
    private static final int FRAMES = 1024;
    private static final byte[] NOISE = noise();

    private static final int TEXT_VALUE = Tag.of(0x0040, 0xA160);
    private static final int INSTANCES = 1000;
    private static final int AT_ONCE = 100;
    /** Of one instance, so that all of them are far more than buffers between two processes take in. */
    private static final int TEXT = 32 << 10;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String study = Uid.random();

    @TempDir
    Path folder;

    private IngestProcess ingest;
    private DicomWebClient client;

    @BeforeEach
    void start() throws IOException {
        ingest = IngestProcess.start(
                folder,
                IngestProcess.Surroundings.fresh(),
                HEAP,
                Map.of(
                        "prelim.store.directory",
                        folder.resolve("store").toString(),
                        "prelim.store.min-free",
                        "16M",
                        "prelim.dicom-web.tokens.reader",
                        ServiceUnderTest.READER_TOKEN));
        client = new DicomWebClient(ingest.httpPort());
    }

    @AfterEach
    void stop() {
        ingest.close();
    }

    @Test
    void aGibibyteOfFrames() throws Exception {
        TestObject object = TestObject.image(study, "1.2.3", 1, 0).with(Tag.NUMBER_OF_FRAMES, Integer.toString(FRAMES));
        object.dataSet()
                .putInteger(Tag.ROWS, SIDE)
                .putInteger(Tag.COLUMNS, SIDE)
                .remove(Tag.PIXEL_DATA);
        storeWithFrames(object);
        String path = DicomWebClient.path(object);

        long begin = System.nanoTime();
        frame(path, 1);
        long first = System.nanoTime();
        frame(path, 2);
        long second = System.nanoTime();
        frame(path, FRAMES / 2);
        frame(path, FRAMES);
        range(path);
        whole(object, path);
        long after = System.nanoTime();
        byte[] png = client.get(path + "/frames/" + FRAMES / 2 + "/rendered", "Accept", "image/png")
                .body();

        assertThat(ImageIO.read(new ByteArrayInputStream(png)).getWidth()).isEqualTo(SIDE);
        assertThat(client.get(path + "/rendered").status()).isEqualTo(200);
        assertThat(client.get(path + "/thumbnail").status()).isEqualTo(200);
        System.out.printf(
                "1 GiB: first frame after %d ms, second after %d ms, pictures after %d ms%n",
                (first - begin) / 1_000_000, (second - first) / 1_000_000, (System.nanoTime() - after) / 1_000_000);
        wellAndWithoutLack();
    }

    private void storeWithFrames(TestObject object) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(client.service() + "/studies"))
                .header("Content-Type", "application/dicom")
                .POST(HttpRequest.BodyPublishers.ofByteArrays(() -> Stream.concat(
                                Stream.of(StowClient.concat(object.file(), pixelDataHead())), frames())
                        .iterator()))
                .build();

        assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
    }

    /** (7FE0,0010) OB and its length (PS3.5 table 7.1-1). */
    private static byte[] pixelDataHead() {
        return ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) 0x7FE0)
                .putShort((short) 0x0010)
                .put(new byte[] {'O', 'B', 0, 0})
                .putInt(FRAMES * FRAME)
                .array();
    }

    private static Stream<byte[]> frames() {
        return IntStream.rangeClosed(1, FRAMES).mapToObj(LargeRetrieveIT::frame);
    }

    /** Each is another. @param number from 1 */
    private static byte[] frame(int number) {
        byte[] frame = NOISE.clone();
        ByteBuffer.wrap(frame).putInt(0, number).putInt(FRAME - 4, number);
        return frame;
    }

    private static byte[] noise() {
        byte[] noise = new byte[FRAME];
        new Random(1).nextBytes(noise);
        return noise;
    }

    private void frame(String path, int number) throws Exception {
        Answer answer = client.get(path + "/frames/" + number, "Accept", "application/octet-stream");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(Arrays.equals(answer.body(), frame(number)))
                .as("frame " + number)
                .isTrue();
    }

    /** Across the border of two frames. */
    private void range(String path) throws Exception {
        long from = (long) FRAME * FRAMES / 2 - 4;
        Answer answer =
                client.get(path + "/bulkdata/7FE00010", "Range", "bytes=" + from + "-" + (from + 7), "Accept", "*/*");
        assertThat(answer.status()).isEqualTo(206);
        assertThat(answer.body())
                .isEqualTo(ByteBuffer.allocate(8)
                        .putInt(FRAMES / 2)
                        .putInt(FRAMES / 2 + 1)
                        .array());
    }

    private void whole(TestObject object, String path) throws Exception {
        MessageDigest expected = MessageDigest.getInstance("SHA-256");
        expected.update(object.bytes());
        expected.update(pixelDataHead());
        frames().forEach(expected::update);
        MessageDigest received = MessageDigest.getInstance("SHA-256");
        long count = 0;
        HttpResponse<InputStream> answer = get(path, "application/dicom");
        try (InputStream body = answer.body()) {
            InputStream dataSet = FileMeta.read(body, ReadLimits.DEFAULT).dataSet();
            byte[] piece = new byte[64 << 10];
            for (int read = dataSet.read(piece); read >= 0; read = dataSet.read(piece)) {
                received.update(piece, 0, read);
                count += read;
            }
        }

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(count).isEqualTo(object.bytes().length + 12L + (long) FRAMES * FRAME);
        assertThat(received.digest()).isEqualTo(expected.digest());
    }

    /** What is stored when the answer has begun is in it: its end was not read before its begin was sent. */
    @Test
    void metadataOfAThousandInstancesIsSentAsItIsRead() throws Exception {
        for (int stored = 0; stored < INSTANCES; stored += AT_ONCE) {
            store(IntStream.range(stored, stored + AT_ONCE)
                    .mapToObj(number -> instance("1.2.3", number))
                    .toArray(TestObject[]::new));
        }
        JsonNode metadata;
        try (InputStream body =
                get("/studies/" + study + "/metadata", "application/dicom+json").body()) {
            byte[] begin = body.readNBytes(TEXT);
            store(instance("1.2.9", INSTANCES));
            metadata = EventJson.mapper().readTree(new SequenceInputStream(new ByteArrayInputStream(begin), body));
        }

        assertThat(metadata.size()).isEqualTo(INSTANCES + 1);
        assertThat(metadata.findValues("00080018").stream().distinct()).hasSize(INSTANCES + 1);
        wellAndWithoutLack();
    }

    private TestObject instance(String series, int number) {
        TestObject object = TestObject.image(study, series, number, 64);
        object.dataSet().putString(TEXT_VALUE, VR.UT, "t".repeat(TEXT));
        return object;
    }

    private void store(TestObject... objects) throws IOException, InterruptedException {
        byte[][] files = Arrays.stream(objects).map(TestObject::file).toArray(byte[][]::new);
        assertThat(new StowClient(ingest.httpPort()).store(files).status()).isEqualTo(200);
    }

    private HttpResponse<InputStream> get(String path, String accept) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(client.service() + path))
                .header("Authorization", "Bearer " + ServiceUnderTest.READER_TOKEN)
                .header("Accept", accept)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    }

    private void wellAndWithoutLack() throws IOException, InterruptedException {
        assertThat(ingest.ready()).isTrue();
        assertThat(ingest.output()).doesNotContain("OutOfMemoryError");
    }
}
