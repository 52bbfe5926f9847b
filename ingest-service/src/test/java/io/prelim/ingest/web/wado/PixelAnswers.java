package io.prelim.ingest.web.wado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prelim.ingest.StowClient;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.fixture.DicomWebClient;
import io.prelim.ingest.fixture.DicomWebClient.Answer;
import io.prelim.ingest.fixture.Prompt;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;

/** What every address that looks at pixels answers of objects whose pixels are bad. For one test. */
final class PixelAnswers {
    static final String ANY_SYNTAX = "; transfer-syntax=*";

    private static final String OCTETS = "application/octet-stream";
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    private final SoftAssertions softly = new SoftAssertions();
    private final DicomWebClient client = new DicomWebClient(RestAssured.port);

    DicomWebClient client() {
        return client;
    }

    /** Stores it, and asks for all that comes of it. */
    void answers(BadPixels pixels) throws Exception {
        assertThat(new StowClient(RestAssured.port).store(pixels.file()).status())
                .as(pixels.name())
                .isEqualTo(200);
        String path = DicomWebClient.path(pixels.object());
        answer(pixels, pixels.decoded(), path + "/frames/1", OCTETS);
        answer(pixels, pixels.stored(), path + "/frames/1", OCTETS + ANY_SYNTAX);
        answer(pixels, pixels.pictured(), path + "/rendered", "image/jpeg");
        answer(pixels, pixels.pictured(), path + "/frames/1/rendered", "image/png");
        answer(pixels, pixels.pictured(), path + "/thumbnail", "image/jpeg");
        answer(pixels, pixels.pictured(), "/studies/" + pixels.object().study() + "/thumbnail", "image/jpeg");
        answer(pixels, null, path + "/metadata", "application/dicom+json");
        Answer whole = answer(pixels, null, path, DicomWebClient.PARTS + ANY_SYNTAX);
        softly.assertThat(whole.parts().get(0).dataSet())
                .as(pixels + ", as it was stored")
                .isEqualTo(pixels.object().bytes(pixels.syntax()));
        String plain = pixels.syntax().encapsulated() ? pixels.decoded() : null;
        answer(pixels, plain, path, DicomWebClient.PARTS);
    }

    private Answer answer(BadPixels pixels, String detail, String path, String accept) throws Exception {
        String about = pixels + ": " + path.substring(path.lastIndexOf('/')) + " as " + accept;
        Answer answer = Prompt.answer(about, () -> client.get(path, "Accept", accept));
        softly.assertThat(answer.status()).as(about).isEqualTo(detail == null ? 200 : 422);
        if (answer.status() != 200) {
            softly.assertThat(answer.mediaType()).as(about).isEqualTo("application/problem+json");
            softly.assertThat(answer.detail())
                    .as(about)
                    .isEqualTo("Instance " + pixels.object().sopInstance() + " cannot be read so: " + detail);
        }
        return answer;
    }

    /** Nothing is left behind, and the service reads on. */
    void goesOn() throws Exception {
        softly.assertAll();
        await().untilAsserted(() -> {
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("frame-decoder"));
            assertThat(openFiles()).noneMatch(file -> file.contains("/spool/"));
        });
        TestObject good = TestObject.radiograph();
        assertThat(new StowClient(RestAssured.port).store(good.file()).status()).isEqualTo(200);
        assertThat(client.get(DicomWebClient.path(good) + "/rendered").status()).isEqualTo(200);
    }

    /** None where the system does not tell. */
    private static List<String> openFiles() throws IOException {
        if (!Files.isDirectory(OPEN_FILES)) {
            return List.of();
        }
        try (Stream<Path> handles = Files.list(OPEN_FILES)) {
            return handles.map(PixelAnswers::target).toList();
        }
    }

    private static String target(Path handle) {
        try {
            return Files.readSymbolicLink(handle).toString();
        } catch (IOException e) {
            return ""; // closed meanwhile
        }
    }
}
