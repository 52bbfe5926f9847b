package io.prelim.ingest.web.wado;

import static io.prelim.ingest.web.wado.BadStreams.baseline;
import static io.prelim.ingest.web.wado.BadStreams.half;
import static io.prelim.ingest.web.wado.BadStreams.jpeg2000;
import static io.prelim.ingest.web.wado.BadStreams.jpegLs;
import static io.prelim.ingest.web.wado.BadStreams.lossless;
import static io.prelim.ingest.web.wado.BadStreams.ofSize;
import static io.prelim.ingest.web.wado.BadStreams.repeated;
import static io.prelim.ingest.web.wado.BadStreams.runLength;
import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.syntax.TransferSyntax;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.StowClient;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.fixture.DicomWebClient;
import io.prelim.testkit.badinput.BadInput;
import io.prelim.testkit.badinput.Entrance;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Code streams that crash, hang or mislead a codec, M12: stored, and read by each address that looks at pixels. */
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(180)
class BadCodeStreamsIT {
    private static final int CUT = 0;

    private PixelAnswers reader;

    @BeforeEach
    void starts() {
        reader = new PixelAnswers();
    }

    @AfterEach
    void goesOn() throws Exception {
        reader.goesOn();
    }

    @Test
    @BadInput(id = "M12", entrance = Entrance.WADO, answer = "422; as it is stored 200")
    void runLengthsAndJpegThatCrashACodec() throws Exception {
        String runLength = Uid.RLE_LOSSLESS;
        byte[] runs = repeated(32, (byte) -127, (byte) 9);
        answers(BadPixels.stream("RLE, no header", runLength, new byte[10])
                .onlyStored("truncated: no header of run lengths (10) at byte 0 in (7FE0,0010)"));
        answers(BadPixels.stream("RLE, cut", runLength, half(runLength(1, 64, runs)))
                .onlyStored("truncated: segment too short for its image (0) at byte 64 in (7FE0,0010)"));
        answers(BadPixels.stream("RLE, segments", runLength, runLength(0xFFFF_FFFF, 64, runs))
                .onlyStored("structure: other number of segments than its image needs at byte 0 in (7FE0,0010)"));
        answers(BadPixels.stream("RLE, start", runLength, runLength(1, 0x7FFF_FFF0, runs))
                .onlyStored("truncated: segment beyond its frame (2147483632) at byte 4 in (7FE0,0010)"));
        answers(BadPixels.stream("RLE, runs beyond", runLength, runLength(1, 64, repeated(33, (byte) -126, (byte) 9)))
                .onlyStored("structure: run beyond its image (127) at byte 128 in (7FE0,0010)"));

        String baseline = Uid.JPEG_BASELINE;
        int length = baseline().length;
        int cut = half(baseline()).length;
        answers(BadPixels.stream("JPEG, none", baseline, new byte[] {1, 2, 3, 4})
                .onlyStored("structure: no JPEG code stream at byte 0 in (7FE0,0010)"));
        answers(BadPixels.stream("JPEG, cut", baseline, half(baseline()))
                .onlyStored(
                        "truncated: JPEG code stream without an end (" + cut + ") at byte " + cut + " in (7FE0,0010)"));
        answers(BadPixels.stream("JPEG, of another size", baseline, ofSize(baseline(), 65535, 65535))
                .onlyStored("structure: JPEG frame of another size than its image at byte 0 in (7FE0,0010)"));
        answers(BadPixels.stream("JPEG, of a size it has not", baseline, ofSize(baseline(), 11_000, 11_000))
                .size(11_000, 11_000)
                .onlyStored("truncated: JPEG code stream too short for its image (" + length + ") at byte " + length
                        + " in (7FE0,0010)"));

        String lossless = Uid.JPEG_LOSSLESS_FIRST_ORDER;
        answers(BadPixels.stream("lossless JPEG", lossless, lossless()));
        answers(BadPixels.stream("lossless JPEG, cut", lossless, half(lossless()))
                .onlyStored("truncated: JPEG code stream without an end (280) at byte 280 in (7FE0,0010)"));
        answers(BadPixels.stream("lossless JPEG, of a size it has not", lossless, ofSize(lossless(), 11_000, 11_000))
                .size(11_000, 11_000)
                .onlyStored("truncated: JPEG code stream too short for its image (562) at byte 562 in (7FE0,0010)"));
    }

    @Test
    @BadInput(id = "M12", entrance = Entrance.WADO, answer = "422; as it is stored 200")
    void jpegLsAndJpeg2000ThatCrashACodec() throws Exception {
        String jpegLs = Uid.JPEG_LS_LOSSLESS;
        String frame = "FFF7 000B 08 0040 0040 01 01 11 00";
        answers(BadPixels.stream("JPEG-LS, cut", jpegLs, jpegLs(frame, new byte[3]))
                .onlyStored("truncated: coded data shorter than its lines could be at byte 25"));
        answers(BadPixels.stream("JPEG-LS, no end", jpegLs, half(jpegLs(frame, new byte[99])))
                .onlyStored("structure: code longer than its limit (23) at byte 28"));
        answers(BadPixels.stream(
                        "JPEG-LS, of another size", jpegLs, jpegLs("FFF7 000B 08 FFFF FFFF 01 01 11 00", new byte[99]))
                .onlyStored("limit: more samples than allowed (4294836225) at byte 15"));
        answers(BadPixels.stream(
                        "JPEG-LS, of no height", jpegLs, jpegLs("FFF7 000B 08 0000 0040 01 01 11 00", new byte[99]))
                .onlyStored("structure: frame without a height (0) at byte 124"));

        String jpeg2000 = Uid.JPEG_2000_LOSSLESS;
        answers(BadPixels.stream("JPEG 2000, cut", jpeg2000, half(jpeg2000(64, 64, 18, new byte[4])))
                .onlyStored("truncated: JPEG 2000 segment beyond its stream (12) at byte 47 in (7FE0,0010)"));
        answers(BadPixels.stream("JPEG 2000, a tile-part that lies", jpeg2000, jpeg2000(64, 64, -1, new byte[4]))
                .onlyStored("truncated: JPEG 2000 tile-part beyond its stream (4294967295) at byte 80 in (7FE0,0010)"));
        answers(BadPixels.stream("JPEG 2000, thousands of tiles", jpeg2000, jpeg2000(64, 1, 18, new byte[4]))
                .onlyStored(
                        "truncated: JPEG 2000 code stream too short for its tiles (4096) at byte 100 in (7FE0,0010)"));
        answers(BadPixels.stream(
                        "JPEG 2000, packets of ones", jpeg2000, jpeg2000(64, 64, 14 + 99, repeated(99, (byte) 0xFF)))
                .onlyStored("structure: JPEG 2000 data with a marker in it at byte 94 in (7FE0,0010)"));
        // noise is a picture of noise
        answers(BadPixels.stream(
                "JPEG 2000, packets of noise", jpeg2000, jpeg2000(64, 64, 14 + 99, repeated(99, (byte) 0x5A))));
        answers(BadPixels.stream("JPEG 2000, of a size it has not", jpeg2000, jpeg2000(11_000, 11_000, 18, new byte[4]))
                .size(11_000, 11_000)
                .onlyStored("limit: more samples a byte of JPEG 2000 than allowed (100) at byte 0 in (7FE0,0010)"));
        List<byte[]> items = BadStreams.withoutEnd();
        answers(BadPixels.of("JPEG 2000, without end", TransferSyntax.of(jpeg2000))
                .size(16, 24)
                .frames(items.size() - 1)
                .fragments(new byte[0], items.subList(1, items.size()))
                .onlyStored("structure: JPEG 2000 data with a marker in it at byte 130 in (7FE0,0010)"));
    }

    @Test
    @BadInput(
            id = "M12",
            entrance = Entrance.WADO,
            answer = "of a study 422, cut where it has begun; as it is stored 200")
    void aStudyOfWhichOneCannotBeDecoded() throws Exception {
        BadPixels bad = BadPixels.stream("JPEG, none", Uid.JPEG_BASELINE, new byte[] {1, 2, 3, 4});
        TestObject good = TestObject.image(bad.object().study(), "1.2.3", 1, 64 * 64);
        assertThat(new StowClient(RestAssured.port)
                        .store(bad.file(), good.file())
                        .status())
                .isEqualTo(200);
        String study = "/studies/" + good.study();

        int status;
        try {
            status = reader.client().get(study).status();
        } catch (IOException cut) {
            status = CUT;
        }

        assertThat(status).isIn(CUT, 422);
        assertThat(reader.client()
                        .get(study, "Accept", DicomWebClient.PARTS + PixelAnswers.ANY_SYNTAX)
                        .parts())
                .hasSize(2);
        assertThat(reader.client().get(study + "/rendered").parts()).hasSize(1);
        assertThat(reader.client().get(study + "/metadata").json()).hasSize(2);
    }

    private void answers(BadPixels pixels) throws Exception {
        reader.answers(pixels);
    }
}
