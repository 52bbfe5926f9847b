package io.prelim.ingest.web.wado;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.syntax.TransferSyntax;
import io.prelim.ingest.TestObject;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Frames of 64 × 64 bytes, run-length encoded.
 *
 * @param samples of all frames, one after the other
 */
@SuppressWarnings("ArrayRecordComponent") // compared never
record Encapsulated(TestObject object, byte[] samples) {
    static final TransferSyntax SYNTAX = TransferSyntax.of(Uid.RLE_LOSSLESS);
    private static final int FRAME = 64 * 64;

    static Encapsulated frames(String study, int count) {
        byte[] samples = TestObject.image(study, "1.2.3", 5, count * FRAME).pixels();
        TestObject object = TestObject.image(study, "1.2.3", 1, 0);
        List<byte[]> fragments = new ArrayList<>(List.of(new byte[0]));
        for (int frame = 0; frame < count; frame++) {
            fragments.add(encoded(Arrays.copyOfRange(samples, frame * FRAME, (frame + 1) * FRAME)));
        }
        object.dataSet()
                .putString(Tag.NUMBER_OF_FRAMES, Integer.toString(count))
                .putFragments(Tag.PIXEL_DATA, fragments);
        return new Encapsulated(object, samples);
    }

    /** A frame's samples. @param number from 1 */
    byte[] frame(int number) {
        return Arrays.copyOfRange(samples, (number - 1) * FRAME, number * FRAME);
    }

    byte[] file() {
        return object.file(SYNTAX);
    }

    /** PS3.5 annex G: one segment, of literal runs alone. */
    private static byte[] encoded(byte[] samples) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {1, 0, 0, 0, 64, 0, 0, 0}); // segments, and where the first begins
        out.writeBytes(new byte[56]);
        for (int at = 0; at < samples.length; at += 128) {
            out.write(127);
            out.write(samples, at, 128);
        }
        return out.toByteArray();
    }
}
