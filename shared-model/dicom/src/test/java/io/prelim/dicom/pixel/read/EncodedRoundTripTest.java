package io.prelim.dicom.pixel.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.object.DicomFile;
import io.prelim.dicom.pixel.Frame;
import io.prelim.dicom.pixel.ImageDescription;
import io.prelim.dicom.pixel.PixelLimits;
import io.prelim.dicom.syntax.TransferSyntax;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every transfer syntax that DCMTK and GDCM write, of each kind of image: without loss samples are as they were; with loss they are as
 * the one that wrote the file decodes it.
 */
@org.junit.jupiter.api.Tag("full")
class EncodedRoundTripTest {
    /** A program's package, name and options, before the names of the files. */
    private static final List<String> LOSSLESS = List.of(
            "dcmtk dcmconv +te",
            "dcmtk dcmconv +ti",
            "dcmtk dcmconv +tb",
            "dcmtk dcmconv +td",
            "dcmtk dcmcrle",
            "dcmtk dcmcjpeg +e1",
            "dcmtk dcmcjpeg +el +sv 1",
            "dcmtk dcmcjpeg +el +sv 2",
            "dcmtk dcmcjpeg +el +sv 3",
            "dcmtk dcmcjpeg +el +sv 4",
            "dcmtk dcmcjpeg +el +sv 5",
            "dcmtk dcmcjpeg +el +sv 6",
            "dcmtk dcmcjpeg +el +sv 7",
            "dcmtk dcmcjpls +el +in",
            "dcmtk dcmcjpls +el +il",
            "dcmtk dcmcjpls +el +is",
            "libgdcm-tools gdcmconv --implicit",
            "libgdcm-tools gdcmconv --deflated",
            "libgdcm-tools gdcmconv --rle",
            "libgdcm-tools gdcmconv --jpeg",
            "libgdcm-tools gdcmconv --jpegls",
            "libgdcm-tools gdcmconv --j2k",
            // the reversible transform, in the syntax that may also hold the other
            "libgdcm-tools gdcmconv --j2k --lossy");

    private static final String DCMTK_JPEG = "dcmtk dcmdjpeg +cn +px";
    private static final String DCMTK_JPEG_LS = "dcmtk dcmdjpls +px";
    private static final String GDCM = "libgdcm-tools gdcmconv --raw";

    /**
     * How a program encodes with loss.
     *
     * @param decoder what the same makers decode it with
     * @param apart how far our samples may be from theirs: not at all where arithmetic is of whole numbers; where JPEG 2000's
     *     irreversible transform leaves it to rounding (ITU-T T.800 annex F), one step of 8 and 12 bits, four of 16
     * @param near how far they may be from what they were, or -1 where the syntax promises nothing
     */
    private record Lossy(String encoder, String decoder, int apart, int near) {}

    private static final int ROUNDING = 1;
    private static final int ROUNDING_OF_16_BITS = 4;
    private static final String IRREVERSIBLE = "libgdcm-tools gdcmconv --j2k --lossy --irreversible";

    private static final List<Lossy> LOSSY = List.of(
            new Lossy("dcmtk dcmcjpeg +eb", DCMTK_JPEG, 0, -1),
            new Lossy("dcmtk dcmcjpeg +eb +cr", DCMTK_JPEG, 0, -1),
            new Lossy("dcmtk dcmcjpeg +eb +cy +s4", DCMTK_JPEG, 0, -1),
            new Lossy("dcmtk dcmcjpeg +ee +cr", DCMTK_JPEG, 0, -1),
            new Lossy("dcmtk dcmcjpeg +ee +cy +s4", DCMTK_JPEG, 0, -1),
            new Lossy("dcmtk dcmcjpls +en +md 1 +in", DCMTK_JPEG_LS, 0, 1),
            new Lossy("dcmtk dcmcjpls +en +md 5 +il", DCMTK_JPEG_LS, 0, 5),
            new Lossy("dcmtk dcmcjpls +en +md 2 +is", DCMTK_JPEG_LS, 0, 2),
            new Lossy("libgdcm-tools gdcmconv --jpeg --lossy -q 90", GDCM, 0, -1),
            new Lossy("libgdcm-tools gdcmconv --jpegls --lossy -e 3", GDCM, 0, 3),
            new Lossy(IRREVERSIBLE, GDCM, ROUNDING, -1));

    @TempDir
    private Path folder;

    static Stream<Arguments> lossless() {
        return Stream.of(GeneratedImage.values())
                .flatMap(image -> LOSSLESS.stream()
                        .filter(tool -> GeneratedImage.encodes(tool, image))
                        .map(tool -> Arguments.of(image, tool)));
    }

    @ParameterizedTest
    @MethodSource("lossless")
    void withoutLossEverySampleIsAsItWas(GeneratedImage image, String tool) throws IOException, InterruptedException {
        Path encoded = run(tool, write(image), "encoded.dcm");

        DicomFile file = read(encoded);
        long[] whole = samples(FrameReader.of(file, PixelLimits.DEFAULT));
        assertThat(Arrays.equals(whole, image.samples())).isTrue();
        try (StoredObject stored = StoredObject.open(encoded, file.transferSyntax(), PixelLimits.DEFAULT)) {
            assertThat(stored == null).isEqualTo(file.transferSyntax().deflated());
            assertThat(stored == null || Arrays.equals(samples(stored.reader()), whole))
                    .isTrue();
        }
    }

    static Stream<Arguments> lossy() {
        return Stream.of(GeneratedImage.values())
                .flatMap(image -> LOSSY.stream()
                        .filter(lossy -> GeneratedImage.encodes(lossy.encoder(), image))
                        .map(lossy -> Arguments.of(image, lossy)));
    }

    @ParameterizedTest
    @MethodSource("lossy")
    void withLossEverySampleIsAsItsMakersDecodeIt(GeneratedImage image, Lossy lossy)
            throws IOException, InterruptedException {
        Path encoded = run(lossy.encoder(), write(image), "encoded.dcm");
        Path decoded = run(lossy.decoder(), encoded, "decoded.dcm");

        FrameReader reader = FrameReader.of(read(encoded), PixelLimits.DEFAULT);
        long[] ours = samples(reader);

        // GDCM lets samples pass the range of their stored bits, which here they cannot
        DicomFile whole = read(decoded);
        if (!reader.image().signed()) {
            int allocated = whole.dataSet().integer(Tag.BITS_ALLOCATED, 0);
            whole.dataSet().putInteger(Tag.BITS_STORED, allocated).putInteger(Tag.HIGH_BIT, allocated - 1);
        }
        long[] theirs = Arrays.stream(samples(FrameReader.of(whole, PixelLimits.DEFAULT)))
                .map(sample ->
                        Math.max(reader.image().least(), Math.min(reader.image().greatest(), sample)))
                .toArray();
        boolean sixteen = image.bits() == 16 && lossy.apart() == ROUNDING;
        assertThat(farthest(ours, theirs, 0))
                .as("from what they decode")
                .isLessThanOrEqualTo(sixteen ? ROUNDING_OF_16_BITS : lossy.apart());
        if (lossy.near() >= 0) {
            assertThat(farthest(ours, image.samples(), image.bits()))
                    .as("from what it was")
                    .isLessThanOrEqualTo(lossy.near());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dcmtk dcmcjpeg +es", "dcmtk dcmcjpeg +ep"})
    void retiredProcessesAreRefused(String tool) throws IOException, InterruptedException {
        DicomFile file = read(run(tool, write(GeneratedImage.GREY_8), "encoded.dcm"));

        assertThatThrownBy(() -> FrameReader.of(file, PixelLimits.DEFAULT).frame(0))
                .isInstanceOfSatisfying(
                        MalformedInput.class, e -> assertThat(e.kind()).isEqualTo(MalformedInput.Kind.UNSUPPORTED));
    }

    @Test
    void halvedColoursOfTwelveBitsAreRefused() throws IOException, InterruptedException {
        DicomFile file = read(run("dcmtk dcmcjpeg +ee", write(GeneratedImage.RGB_16), "encoded.dcm"));

        assertThatThrownBy(() -> FrameReader.of(file, PixelLimits.DEFAULT).frame(0))
                .isInstanceOfSatisfying(
                        MalformedInput.class, e -> assertThat(e.kind()).isEqualTo(MalformedInput.Kind.UNSUPPORTED));
    }

    private Path run(String tool, Path from, String name) throws IOException, InterruptedException {
        Path to = folder.resolve(name);
        String[] words = tool.split(" ");
        Tool.run(
                words[0],
                words[1],
                Stream.concat(Stream.of(words).skip(2), Stream.of(from.toString(), to.toString()))
                        .toArray(String[]::new));
        return to;
    }

    private Path write(GeneratedImage image) throws IOException {
        Path plain = folder.resolve("plain.dcm");
        try (OutputStream out = Files.newOutputStream(plain)) {
            DicomFile.of(image.dataSet(), TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN)
                    .write(out);
        }
        return plain;
    }

    private static DicomFile read(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return DicomFile.read(in, ReadLimits.DEFAULT);
        }
    }

    /**
     * The greatest difference.
     *
     * @param around bits of a range whose ends meet, as signed samples do that are coded as if they had no sign; 0 for none
     */
    private static long farthest(long[] ones, long[] others, int around) {
        assertThat(ones).hasSameSizeAs(others);
        long farthest = 0;
        for (int i = 0; i < ones.length; i++) {
            long apart = Math.abs(ones[i] - others[i]);
            farthest = Math.max(farthest, around == 0 ? apart : Math.min(apart, (1L << around) - apart));
        }
        return farthest;
    }

    /** All stored values, by pixel. */
    private static long[] samples(FrameReader reader) throws IOException {
        ImageDescription image = reader.image();
        int size = (int) image.pixels() * image.samples();
        long[] samples = new long[size * image.frames()];
        for (int i = 0; i < image.frames(); i++) {
            Frame frame = reader.frame(i);
            for (int j = 0; j < size; j++) {
                int pixel = j / image.samples();
                int sample = j % image.samples();
                samples[i * size + j] = frame.stored(frame.image().planar() ? sample * image.pixels() + pixel : j);
            }
        }
        return samples;
    }
}
