package io.prelim.ingest.web.wado;

import static io.prelim.ingest.web.wado.BadStreams.deflatedZeros;
import static io.prelim.ingest.web.wado.BadStreams.half;
import static io.prelim.ingest.web.wado.BadStreams.repeated;
import static io.prelim.ingest.web.wado.BadStreams.runLength;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.syntax.TransferSyntax;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.testkit.badinput.BadInput;
import io.prelim.testkit.badinput.Entrance;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Objects whose pixels are not what they say, M09 to M11 and M13: stored, and read by each address that looks at pixels. */
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(180)
class BadPixelsIT {
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
    @BadInput(
            id = "M09",
            entrance = Entrance.WADO,
            answer = "422, deflated frames; a deflated object that grows so is never stored")
    void deflatedFrames() throws Exception {
        byte[] bomb = deflatedZeros(12 << 20);
        String deflated = Uid.DEFLATED_IMAGE_FRAME_COMPRESSION;
        answers(BadPixels.stream("3,000 times its image", deflated, bomb)
                .onlyStored("structure: deflated frame longer than its image (4096) at byte " + bomb.length
                        + " in (7FE0,0010)"));
        answers(BadPixels.stream("an image larger than a frame may be", deflated, bomb)
                .size(11_000, 11_000)
                .number(Tag.BITS_ALLOCATED, 32)
                .never("limit: frame larger than allowed (484000000) at byte 0 in (7FE0,0010)"));
        answers(BadPixels.stream("a few bytes for sixteen million", deflated, half(bomb))
                .size(4096, 4096)
                .onlyStored("truncated: deflated frame too short for its image (16777216) at byte " + half(bomb).length
                        + " in (7FE0,0010)"));
        answers(BadPixels.of("few pixels, deflated", TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN)
                .frames(1_000_000)
                .never("truncated: pixel data shorter than its image (4096000000) at byte 4096 in (7FE0,0010)"));
        answers(BadPixels.stream("no deflated data", deflated, new byte[] {7, 7, 7, 7})
                .onlyStored("structure: not deflated data at byte 1 in (7FE0,0010)"));
    }

    @Test
    @BadInput(
            id = "M10",
            entrance = Entrance.WADO,
            answer = "422, or 200 where fragments make frames without their table; without delimiter never stored")
    void fragmentsThatAreNone() throws Exception {
        byte[] whole = runLength(1, 64, repeated(32, (byte) -127, (byte) 9));
        TransferSyntax runLength = TransferSyntax.of(Uid.RLE_LOSSLESS);
        byte[] none = {};
        answers(BadPixels.of("offsets that loop, and no frames", runLength)
                .frames(4)
                .fragments(BadPixels.ints(16, 0, 0xFFFF_FFF0, 16), List.of(whole))
                .never("structure: fewer fragments than frames (1) at byte 0 in (7FE0,0010)"));
        answers(BadPixels.of("offsets that loop", runLength)
                .frames(2)
                .fragments(BadPixels.ints(0, 0), List.of(whole, whole)));
        answers(BadPixels.of("offsets into a frame", runLength)
                .frames(2)
                .fragments(BadPixels.ints(0, 12), List.of(whole, whole)));
        answers(extended("extended offsets that loop", runLength, new long[] {0, 0}, whole));
        answers(extended("extended offsets beyond the end", runLength, new long[] {0, Long.MAX_VALUE}, whole));
        answers(BadPixels.of("no fragments", runLength)
                .fragments(none, List.of())
                .never("structure: fewer fragments than frames (0) at byte 0 in (7FE0,0010)"));
        answers(BadPixels.of("empty fragments", runLength)
                .fragments(none, BadPixels.times(900_000, none))
                .onlyStored("truncated: no header of run lengths (0) at byte 0 in (7FE0,0010)"));
        answers(BadPixels.of("a byte pair a fragment", runLength)
                .fragments(none, BadPixels.times(700_000, new byte[2]))
                .onlyStored("structure: other number of segments than its image needs (0) at byte 0 in (7FE0,0010)"));
        answers(BadPixels.of("frames that nothing parts", TransferSyntax.of(Uid.JPEG_BASELINE))
                .frames(2)
                .fragments(none, BadPixels.times(700_000, new byte[2]))
                .never("structure: fragments that part into other than the frames (700000) at byte 0 in (7FE0,0010)"));
    }

    private static BadPixels extended(String name, TransferSyntax syntax, long[] offsets, byte[] frame) {
        BadPixels pixels = BadPixels.of(name, syntax).frames(2);
        pixels.object()
                .dataSet()
                .putBytes(Tag.EXTENDED_OFFSET_TABLE, VR.OV, BadPixels.longs(offsets))
                .putBytes(Tag.EXTENDED_OFFSET_TABLE_LENGTHS, VR.OV, BadPixels.longs(frame.length, frame.length));
        return pixels.fragments(new byte[0], List.of(frame, frame));
    }

    @Test
    @BadInput(id = "M11", entrance = Entrance.WADO, answer = "422; of tables only the picture, frames 200")
    void imagesLargerThanTheirPixels() throws Exception {
        answers(BadPixels.unencoded("all numbers as large as can be")
                .size(65535, 65535)
                .number(Tag.SAMPLES_PER_PIXEL, 65535)
                .frames(Integer.MAX_VALUE)
                .never("structure: samples per pixel other than MONOCHROME2 has (65535) at byte 0 in (0028,0002)"));
        answers(BadPixels.unencoded("rows and columns")
                .size(65535, 65535)
                .never("limit: more pixels than allowed (4294836225) at byte 0 in (7FE0,0010)"));
        answers(BadPixels.unencoded("frames")
                .frames(Integer.MAX_VALUE)
                .never("limit: more frames than allowed (2147483647) at byte 0 in (7FE0,0010)"));
        answers(BadPixels.unencoded("frames that are not there")
                .frames(1_000_000)
                .never("truncated: pixel data shorter than its image (4096000000) at byte 4096 in (7FE0,0010)"));
        answers(BadPixels.unencoded("no rows")
                .number(Tag.ROWS, 0)
                .never("structure: number out of its range (0) at byte 0 in (0028,0010)"));
        answers(BadPixels.stream("a hundred bytes for a large image", Uid.RLE_LOSSLESS, runLength(1, 64, new byte[36]))
                .size(8192, 8192)
                .onlyStored("truncated: segment too short for its image (36) at byte 64 in (7FE0,0010)"));
        answers(BadPixels.unencoded("modality table")
                .table(Tag.MODALITY_LUT_SEQUENCE, 0, 16, 1)
                .notPictured("structure: table shorter than its descriptor says (2) at byte 0 in (0028,3006)"));
        answers(BadPixels.unencoded("VOI table")
                .table(Tag.VOI_LUT_SEQUENCE, 0, 16, 1, 2)
                .notPictured("structure: table shorter than its descriptor says (4) at byte 0 in (0028,3006)"));
        answers(BadPixels.unencoded("palette")
                .palette(0, 16, Tag.RED_PALETTE_COLOR_LOOKUP_TABLE_DATA, 1)
                .notPictured("structure: table shorter than its descriptor says (2) at byte 0 in (0028,1201)"));
        answers(BadPixels.unencoded("palette of segments beyond its size")
                .palette(0, 16, Tag.SEGMENTED_RED_PALETTE_COLOR_LOOKUP_TABLE_DATA, 0, 1, 7, 1, 65535, 9, 1, 65535, 9)
                .notPictured("structure: segments of more than the entries said (65537) at byte 0 in (0028,1221)"));
        answers(BadPixels.unencoded("palette that tells itself again")
                .palette(0, 16, Tag.SEGMENTED_RED_PALETTE_COLOR_LOOKUP_TABLE_DATA, 2, 65535, 0, 0)
                .notPictured("structure: indirect segment within another at byte 0 in (0028,1221)"));
    }

    @Test
    @BadInput(id = "M13", entrance = Entrance.WADO, answer = "422; as frames 200")
    void aPaletteIndexOutOfRange() throws Exception {
        answers(BadPixels.unencoded("two colours, and more indexes")
                .palette(2, 16, Tag.RED_PALETTE_COLOR_LOOKUP_TABLE_DATA, 0, 65535)
                .notPictured("structure: palette index without an entry at byte 0 in (7FE0,0010)"));
        answers(BadPixels.unencoded("negative indexes")
                .number(Tag.PIXEL_REPRESENTATION, 1)
                .palette(256, 16, Tag.RED_PALETTE_COLOR_LOOKUP_TABLE_DATA, new int[256])
                .notPictured("structure: palette index without an entry at byte 1 in (7FE0,0010)"));
    }

    private void answers(BadPixels pixels) throws Exception {
        reader.answers(pixels);
    }
}
