package io.prelim.bench.decode;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DicomFile;
import io.prelim.dicom.syntax.TransferSyntax;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * Frames as a radiograph's: slopes, a few edges, dark collimation at the rim, and noise of a 300th of the range everywhere within. The
 * same each time.
 *
 * @param side rows and columns
 * @param bits stored, 8, 12 or 16
 */
record Picture(int side, int frames, int bits) {
    private static final double NOISE = 1.0 / 300;

    int frameBytes() {
        return side * side * (bits > 8 ? 2 : 1);
    }

    /** Writes an object with them, native. */
    void write(Path file) throws IOException {
        DataSet image = new DataSet()
                .putString(Tag.SOP_CLASS_UID, Uid.SECONDARY_CAPTURE_IMAGE_STORAGE)
                .putString(Tag.SOP_INSTANCE_UID, Uid.random())
                .putString(Tag.STUDY_INSTANCE_UID, Uid.random())
                .putString(Tag.SERIES_INSTANCE_UID, Uid.random())
                .putInteger(Tag.SAMPLES_PER_PIXEL, 1)
                .putString(Tag.PHOTOMETRIC_INTERPRETATION, "MONOCHROME2")
                .putInteger(Tag.NUMBER_OF_FRAMES, frames)
                .putInteger(Tag.ROWS, side)
                .putInteger(Tag.COLUMNS, side)
                .putInteger(Tag.BITS_ALLOCATED, bits > 8 ? 16 : 8)
                .putInteger(Tag.BITS_STORED, bits)
                .putInteger(Tag.HIGH_BIT, bits - 1)
                .putInteger(Tag.PIXEL_REPRESENTATION, 0)
                .putBytes(Tag.PIXEL_DATA, bits > 8 ? VR.OW : VR.OB, samples());
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            DicomFile.of(image, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN).write(out);
        }
    }

    private byte[] samples() {
        ByteBuffer samples =
                ByteBuffer.allocate(Math.multiplyExact(frameBytes(), frames)).order(ByteOrder.LITTLE_ENDIAN);
        Random random = new Random(side + bits);
        for (int i = 0; i < frames * side * side; i++) {
            int sample = sample(i % side, i / side % side, i / (side * side), random);
            if (bits > 8) {
                samples.putShort((short) sample);
            } else {
                samples.put((byte) sample);
            }
        }
        return samples.array();
    }

    private int sample(int x, int y, int frame, Random random) {
        int rim = side / 16;
        if (x < rim || y < rim || x >= side - rim || y >= side - rim) {
            return 0;
        }
        double wave = 0.45 + 0.3 * Math.sin(9.0 * x / side + frame) * Math.cos(7.0 * y / side);
        double bone = (x * 12 / side + y * 7 / side) % 4 == 0 ? 0.15 : 0;
        double value = wave + bone + random.nextGaussian() * NOISE;
        int most = (1 << bits) - 1;
        return (int) Math.max(0, Math.min(most, value * most));
    }
}
