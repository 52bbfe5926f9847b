package io.prelim.dicom.pixel.jpegls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DicomFile;
import io.prelim.dicom.object.FragmentsElement;
import io.prelim.dicom.syntax.TransferSyntax;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** DCMTK's programs for JPEG-LS, and the files between them and us. */
final class Dcmtk {
    private static final Path PROGRAMS = Path.of("/usr/bin");

    private final Path folder;

    /** The test is skipped where they are not installed. */
    Dcmtk(Path folder) {
        this.folder = folder;
        assumeTrue(Files.isExecutable(PROGRAMS.resolve("dcmcjpls")), "dcmcjpls is missing: apt-get install dcmtk");
    }

    /** A code stream of samples by pixel, by {@code dcmcjpls} and its options. */
    byte[] encode(int width, int height, int components, int bits, int[] samples, String... options)
            throws IOException, InterruptedException {
        Path plain = folder.resolve("plain.dcm");
        Path encoded = folder.resolve("encoded.dcm");
        try (OutputStream out = Files.newOutputStream(plain)) {
            DicomFile.of(image(width, height, components, bits, samples), TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN)
                    .write(out);
        }
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.add(plain.toString());
        arguments.add(encoded.toString());
        run("dcmcjpls", arguments);
        try (InputStream in = Files.newInputStream(encoded)) {
            DicomFile file = DicomFile.read(in, ReadLimits.DEFAULT);
            return frames(file.dataSet()).get(0);
        }
    }

    private void run(String program, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(arguments);
        command.add(0, PROGRAMS.resolve(program).toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile())
                .start();
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
    }

    /** The samples that {@code dcmdjpls} makes of what was encoded last, by pixel. */
    short[] decode() throws IOException, InterruptedException {
        Path decoded = folder.resolve("decoded.dcm");
        List<String> arguments =
                List.of("--color-by-pixel", folder.resolve("encoded.dcm").toString(), decoded.toString());
        run("dcmdjpls", arguments);
        try (InputStream in = Files.newInputStream(decoded)) {
            DataSet dataSet = DicomFile.read(in, ReadLimits.DEFAULT).dataSet();
            ByteBuffer pixels = ByteBuffer.wrap(dataSet.bytes(Tag.PIXEL_DATA)).order(ByteOrder.LITTLE_ENDIAN);
            boolean words = dataSet.integer(Tag.BITS_ALLOCATED, 0) > 8;
            short[] samples = new short
                    [dataSet.integer(Tag.ROWS, 0)
                            * dataSet.integer(Tag.COLUMNS, 0)
                            * dataSet.integer(Tag.SAMPLES_PER_PIXEL, 0)];
            for (int i = 0; i < samples.length; i++) {
                samples[i] = words ? pixels.getShort() : (short) (pixels.get() & 0xFF);
            }
            return samples;
        }
    }

    private static DataSet image(int width, int height, int components, int bits, int[] samples) {
        int allocated = bits > 8 ? 16 : 8;
        ByteBuffer pixels = ByteBuffer.allocate(samples.length * allocated / 8).order(ByteOrder.LITTLE_ENDIAN);
        for (int sample : samples) {
            if (allocated == 8) {
                pixels.put((byte) sample);
            } else {
                pixels.putShort((short) sample);
            }
        }
        DataSet dataSet = new DataSet()
                .putString(Tag.SOP_CLASS_UID, Uid.SECONDARY_CAPTURE_IMAGE_STORAGE)
                .putString(Tag.SOP_INSTANCE_UID, "1.2.826.0.1.3680043.9.1")
                .putString(Tag.STUDY_INSTANCE_UID, "1.2.826.0.1.3680043.9.2")
                .putString(Tag.SERIES_INSTANCE_UID, "1.2.826.0.1.3680043.9.3")
                .putInteger(Tag.SAMPLES_PER_PIXEL, components)
                .putString(Tag.PHOTOMETRIC_INTERPRETATION, components == 1 ? "MONOCHROME2" : "RGB")
                .putInteger(Tag.ROWS, height)
                .putInteger(Tag.COLUMNS, width)
                .putInteger(Tag.BITS_ALLOCATED, allocated)
                .putInteger(Tag.BITS_STORED, bits)
                .putInteger(Tag.HIGH_BIT, bits - 1)
                .putInteger(Tag.PIXEL_REPRESENTATION, 0)
                .putBytes(Tag.PIXEL_DATA, allocated == 8 ? VR.OB : VR.OW, pixels.array());
        return components == 1 ? dataSet : dataSet.putInteger(Tag.PLANAR_CONFIGURATION, 0);
    }

    /** The code streams of a data set's frames: each begins in a fragment of its own. */
    private static List<byte[]> frames(DataSet dataSet) {
        FragmentsElement pixels = (FragmentsElement) dataSet.element(Tag.PIXEL_DATA);
        List<ByteArrayOutputStream> frames = new ArrayList<>();
        for (byte[] fragment : pixels.fragments().subList(1, pixels.fragments().size())) {
            boolean begins =
                    fragment.length > 2 && fragment[0] == -1 && fragment[1] == (byte) 0xD8 && fragment[2] == -1;
            if (begins || frames.isEmpty()) {
                frames.add(new ByteArrayOutputStream());
            }
            frames.get(frames.size() - 1).writeBytes(fragment);
        }
        return frames.stream().map(ByteArrayOutputStream::toByteArray).toList();
    }
}
