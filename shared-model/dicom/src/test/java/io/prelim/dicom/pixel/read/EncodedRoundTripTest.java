package io.prelim.dicom.pixel.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DicomFile;
import io.prelim.dicom.pixel.Frame;
import io.prelim.dicom.pixel.Images;
import io.prelim.dicom.pixel.Photometric;
import io.prelim.dicom.pixel.PixelLimits;
import io.prelim.dicom.syntax.TransferSyntax;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What DCMTK and GDCM encode without loss is read as it was; what they encode with loss, as DCMTK decodes it. */
@org.junit.jupiter.api.Tag("full")
class EncodedRoundTripTest {
    private static final int ROWS = 45;
    private static final int COLUMNS = 67;
    private static final int FRAMES = 3;

    @TempDir
    private Path folder;

    static Stream<Arguments> lossless() {
        return Stream.of("8", "11", "12", "16", "signed", "rgb")
                .flatMap(kind -> Stream.of(
                                "dcmtk dcmcrle",
                                "dcmtk dcmcjpeg +e1",
                                "dcmtk dcmcjpeg +el +sv 1",
                                "dcmtk dcmcjpeg +el +sv 2",
                                "dcmtk dcmcjpeg +el +sv 4",
                                "dcmtk dcmcjpeg +el +sv 7",
                                "libgdcm-tools gdcmconv --rle",
                                "libgdcm-tools gdcmconv --j2k",
                                "libgdcm-tools gdcmconv --jpeg")
                        .map(tool -> Arguments.of(kind, tool)));
    }

    @ParameterizedTest
    @MethodSource("lossless")
    void withoutLossEveryByteIsAsItWas(String kind, String tool) throws IOException, InterruptedException {
        DataSet image = image(kind);
        Path plain = write(image);
        Path encoded = folder.resolve("encoded.dcm");
        encode(tool, plain, encoded);

        DicomFile file = read(encoded);
        assertThat(file.transferSyntax().encapsulated()).isTrue();
        try (StoredObject stored = StoredObject.open(encoded, file.transferSyntax(), PixelLimits.DEFAULT)) {
            assertThat(pixels(stored.reader())).isEqualTo(pixels(FrameReader.of(read(plain), PixelLimits.DEFAULT)));
        }
    }

    @ParameterizedTest
    @CsvSource({"8, +eb", "8, +ee", "12, +ee", "rgb, +eb +cr", "rgb, +eb +cy +s4"})
    void withLossEveryByteIsAsDcmtkDecodesIt(String kind, String options) throws IOException, InterruptedException {
        Path plain = write(image(kind));
        Path encoded = folder.resolve("encoded.dcm");
        Path decoded = folder.resolve("decoded.dcm");
        encode("dcmtk dcmcjpeg " + options, plain, encoded);
        Tool.run("dcmtk", "dcmdjpeg", "+cn", encoded.toString(), decoded.toString());

        byte[] ours = pixels(FrameReader.of(read(encoded), PixelLimits.DEFAULT));

        assertThat(ours).isEqualTo(pixels(FrameReader.of(read(decoded), PixelLimits.DEFAULT)));
    }

    private void encode(String tool, Path plain, Path encoded) throws IOException, InterruptedException {
        String[] words = tool.split(" ");
        String[] arguments = Stream.concat(Stream.of(words).skip(2), Stream.of(plain.toString(), encoded.toString()))
                .toArray(String[]::new);
        Tool.run(words[0], words[1], arguments);
    }

    private static DataSet image(String kind) {
        DataSet image =
                switch (kind) {
                    case "8" -> Images.grey(ROWS, COLUMNS, 8);
                    case "11", "12" -> stored(Integer.parseInt(kind));
                    case "signed" -> Images.grey(ROWS, COLUMNS, 16).putInteger(Tag.PIXEL_REPRESENTATION, 1);
                    case "rgb" -> Images.colour(ROWS, COLUMNS, Photometric.RGB, false);
                    default -> Images.grey(ROWS, COLUMNS, 16);
                };
        int bits = image.integer(Tag.BITS_STORED, 0);
        int samples = ROWS * COLUMNS * FRAMES * image.integer(Tag.SAMPLES_PER_PIXEL, 0);
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        for (int i = 0; i < samples; i++) {
            // a slope with steps and some noise
            int value = (i * 5 + (((i * i) >> 7) & 3) + ((i / 500 % 2) << (bits - 2))) & ((1 << bits) - 1);
            pixels.write(value);
            if (image.integer(Tag.BITS_ALLOCATED, 0) == 16) {
                pixels.write(value >> 8);
            }
        }
        // GDCM writes no signed secondary captures
        boolean signed = image.integer(Tag.PIXEL_REPRESENTATION, 0) == 1;
        return image.putString(
                        Tag.SOP_CLASS_UID, signed ? Uid.ENHANCED_MR_IMAGE_STORAGE : Uid.SECONDARY_CAPTURE_IMAGE_STORAGE)
                .putString(Tag.SOP_INSTANCE_UID, "1.2.826.0.1.3680043.9.3.1")
                .putString(Tag.STUDY_INSTANCE_UID, "1.2.826.0.1.3680043.9.3.2")
                .putString(Tag.SERIES_INSTANCE_UID, "1.2.826.0.1.3680043.9.3.3")
                .putInteger(Tag.NUMBER_OF_FRAMES, FRAMES)
                .putBytes(Tag.PIXEL_DATA, VR.OW, pixels.toByteArray());
    }

    private static DataSet stored(int bits) {
        return Images.grey(ROWS, COLUMNS, 16).putInteger(Tag.BITS_STORED, bits).putInteger(Tag.HIGH_BIT, bits - 1);
    }

    private Path write(DataSet image) throws IOException {
        Path plain = folder.resolve("plain.dcm");
        try (OutputStream out = Files.newOutputStream(plain)) {
            DicomFile.of(image, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN).write(out);
        }
        return plain;
    }

    private static DicomFile read(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return DicomFile.read(in, ReadLimits.DEFAULT);
        }
    }

    /** All samples, by pixel. */
    private static byte[] pixels(FrameReader reader) throws IOException {
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        for (int i = 0; i < reader.image().frames(); i++) {
            Frame frame = reader.frame(i);
            int plane = frame.bytes().length / 3;
            for (int j = 0; frame.image().planar() && j < plane; j++) {
                pixels.write(frame.bytes()[j]);
                pixels.write(frame.bytes()[plane + j]);
                pixels.write(frame.bytes()[2 * plane + j]);
            }
            if (!frame.image().planar()) {
                pixels.write(frame.bytes());
            }
        }
        return pixels.toByteArray();
    }
}
