package io.prelim.ingest.web.wado;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.syntax.TransferSyntax;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.StoreUnderTest;
import io.prelim.ingest.StowClient;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.fixture.DicomWebClient;
import io.prelim.ingest.fixture.DicomWebClient.Answer;
import io.prelim.ingest.fixture.DicomWebClient.Piece;
import io.prelim.ingest.fixture.KeyObjects;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures and thumbnails. */
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(90)
class RenderedIT {
    @Inject
    StoreUnderTest store;

    private final String study = Uid.random();
    private DicomWebClient client;

    @BeforeEach
    void clients() {
        client = new DicomWebClient(RestAssured.port);
    }

    private void store(byte[]... files) throws Exception {
        assertThat(new StowClient(RestAssured.port).store(files).status()).isEqualTo(200);
    }

    private static BufferedImage image(byte[] body) throws Exception {
        return ImageIO.read(new ByteArrayInputStream(body));
    }

    @Test
    void anInstanceIsDrawn() throws Exception {
        TestObject object = TestObject.image(study, "1.2.3", 1, 64 * 64);
        store(object.file());
        String rendered = DicomWebClient.path(object) + "/rendered";

        Answer jpeg = client.get(rendered);
        Answer png = client.get(rendered + "?window=128,256,linear&viewport=32,32", "Accept", "image/png");

        assertThat(jpeg.header("Content-Type")).isEqualTo("image/jpeg");
        assertThat(jpeg.header("Content-Length")).isEqualTo(Integer.toString(jpeg.body().length));
        assertThat(image(jpeg.body()).getWidth()).isEqualTo(64);
        assertThat(png.header("Content-Type")).isEqualTo("image/png");
        assertThat(image(png.body()).getWidth()).isEqualTo(32);
        assertThat(client.get(rendered + "?quality=5").body().length).isLessThan(jpeg.body().length);
    }

    /** Of values 0 to 255 a window of all of them is the values themselves. */
    @Test
    void levelsAreThoseOfTheValues() throws Exception {
        TestObject object = TestObject.image(study, "1.2.3", 1, 64 * 64);
        store(object.file());

        byte[] png = client.get(
                        DicomWebClient.path(object) + "/frames/1/rendered?window=128,256,linear", "Accept", "image/png")
                .body();

        BufferedImage image = image(png);
        byte[] pixels = object.pixels();
        for (int i = 0; i < pixels.length; i++) {
            assertThat(image.getRaster().getSample(i % 64, i / 64, 0)).isEqualTo(pixels[i] & 0xFF);
        }
    }

    @Test
    void framesAreDrawnInTheirOrder() throws Exception {
        Encapsulated frames = Encapsulated.frames(study, 3);
        store(frames.file());
        String path = DicomWebClient.path(frames.object());

        Answer answer = client.get(path + "/frames/3,1/rendered", "Accept", "multipart/related; type=\"image/png\"");

        assertThat(answer.parts()).extracting(Piece::contentType).containsExactly("image/png", "image/png");
        assertThat(answer.parts().get(0).location()).endsWith("/frames/3/rendered");
        assertThat(answer.parts().get(0).body())
                .isEqualTo(client.get(path + "/frames/3/rendered", "Accept", "image/png")
                        .body());
        assertThat(client.get(path + "/rendered", "Accept", "image/png").body())
                .isEqualTo(client.get(path + "/frames/2/rendered", "Accept", "image/png")
                        .body());
        assertThat(client.get(path + "/frames/4/rendered").status()).isEqualTo(404);
        assertThat(client.get(path + "/frames/0/rendered").status()).isEqualTo(400);
    }

    @Test
    void eachImageOfAStudyIsDrawn() throws Exception {
        TestObject broken = TestObject.image(study, "1.2.3", 4, 0);
        broken.dataSet().putFragments(Tag.PIXEL_DATA, List.of(new byte[0], new byte[] {1, 2, 3, 4}));
        store(
                TestObject.image(study, "1.2.3", 1, 64 * 64).file(),
                TestObject.image(study, "1.2.4", 2, 64 * 64).file(),
                TestObject.report(study).file(),
                broken.file(TransferSyntax.of(Uid.JPEG_BASELINE)));

        assertThat(client.get("/studies/" + study + "/rendered").parts()).hasSize(2);
        assertThat(client.get("/studies/" + study + "/series/1.2.3/rendered").parts())
                .hasSize(1);
        assertThat(client.get("/studies/1.2.9/rendered").status()).isEqualTo(404);
    }

    @Test
    void thumbnailsAreSmallAndTheSameAgain() throws Exception {
        TestObject object = TestObject.image(study, "1.2.3", 1, 0)
                .with(Tag.INSTANCE_NUMBER, "1")
                .withPixels(3, 256 * 256);
        object.dataSet().putInteger(Tag.ROWS, 256).putInteger(Tag.COLUMNS, 256);
        store(object.file(), TestObject.report(study).file());

        for (String of : List.of(
                "/studies/" + study,
                "/studies/" + study + "/series/1.2.3",
                DicomWebClient.path(object),
                DicomWebClient.path(object) + "/frames/1")) {
            Answer first = client.get(of + "/thumbnail");
            assertThat(first.header("Content-Type")).as(of).isEqualTo("image/jpeg");
            assertThat(image(first.body()).getWidth()).isEqualTo(128);
            assertThat(client.get(of + "/thumbnail").body()).isEqualTo(first.body());
            assertThat(image(client.get(of + "/thumbnail?viewport=40,50").body())
                            .getWidth())
                    .isEqualTo(40);
        }
    }

    @Test
    void aThumbnailThatIsKeptIsNotShownOnceItsInstanceIsNot() throws Exception {
        TestObject rejected = TestObject.image(study, "1.2.3", 1, 64 * 64);
        TestObject damaged = TestObject.image(study, "1.2.4", 1, 64 * 64);
        store(rejected.file(), damaged.file());
        assertThat(client.get(DicomWebClient.path(rejected) + "/thumbnail").status())
                .isEqualTo(200);
        assertThat(client.get(DicomWebClient.path(damaged) + "/thumbnail").status())
                .isEqualTo(200);

        store(KeyObjects.note("113037", study, List.of(rejected.sopInstance())).file());

        assertThat(client.get(DicomWebClient.path(rejected) + "/thumbnail").status())
                .isEqualTo(404);
        assertThat(client.get("/studies/" + study + "/thumbnail").status()).isEqualTo(200);
    }

    @Test
    void whatHasNoPixelsHasNoPicture() throws Exception {
        TestObject report = TestObject.report(study);
        store(report.file());

        for (String below : List.of("/rendered", "/thumbnail", "/frames/1/rendered")) {
            assertThat(client.get(DicomWebClient.path(report) + below).status())
                    .as(below)
                    .isEqualTo(404);
        }
        assertThat(client.get("/studies/" + study + "/thumbnail").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/rendered?quality=0",
                "/rendered?quality=x",
                "/rendered?window=1",
                "/rendered?window=1,2,cubic",
                "/rendered?viewport=0,1",
                "/rendered?viewport=100000,100000",
                "/rendered?nonsense=1",
                "/thumbnail?window=1,2,linear",
                "/thumbnail?viewport=a,b"
            })
    void parametersThatAreNone(String below) throws Exception {
        TestObject object = TestObject.image(study, "1.2.3", 1, 64 * 64);
        store(object.file());

        Answer answer = client.get(DicomWebClient.path(object) + below);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.mediaType()).isEqualTo("application/problem+json");
    }

    @Test
    void otherMediaTypesAreRefused() throws Exception {
        TestObject object = TestObject.image(study, "1.2.3", 1, 64 * 64);
        store(object.file());

        Answer answer = client.get(DicomWebClient.path(object) + "/rendered", "Accept", "image/gif");

        assertThat(answer.status()).isEqualTo(406);
        assertThat(answer.detail()).contains("image/jpeg", "image/png");
    }

    /** M11 to M13: what is none, contradicts itself, or leads beyond its palette. */
    @Test
    void whatCannotBeDrawn() throws Exception {
        TestObject broken = TestObject.image(study, "1.2.3", 1, 0);
        broken.dataSet().putFragments(Tag.PIXEL_DATA, List.of(new byte[0], new byte[] {1, 2, 3, 4}));
        TestObject palette =
                TestObject.image(study, "1.2.3", 2, 64 * 64).with(Tag.PHOTOMETRIC_INTERPRETATION, "PALETTE COLOR");
        store(broken.file(TransferSyntax.of(Uid.JPEG_BASELINE)), palette.file());

        for (TestObject object : List.of(broken, palette)) {
            Answer answer = client.get(DicomWebClient.path(object) + "/rendered");
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.mediaType()).isEqualTo("application/problem+json");
        }
    }
}
