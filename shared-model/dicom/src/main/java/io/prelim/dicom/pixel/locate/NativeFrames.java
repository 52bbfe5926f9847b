package io.prelim.dicom.pixel.locate;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.encoding.Values;
import io.prelim.dicom.pixel.ImageDescription;
import io.prelim.dicom.pixel.PixelRefusal;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Frames of native pixel data (PS3.5 section 8.1.1): one after the other without padding, single bits not even at a byte's border. */
public final class NativeFrames implements FrameIndex {
    private final ImageDescription image;
    private final PixelBytes bytes;
    private final int word;

    /**
     * @param word bytes whose order is turned: 2 where the value is OW in big endian, 1 else
     * @throws MalformedInput when the value is shorter than its image needs; what is beyond is padding
     */
    public NativeFrames(ImageDescription image, PixelBytes bytes, int word) throws MalformedInput {
        this.image = image;
        this.bytes = bytes;
        this.word = word;
        long needed = wholeBytes();
        if (bytes.length() < needed) {
            throw PixelRefusal.truncated("pixel data shorter than its image", bytes.length(), needed);
        }
    }

    /** Bytes of all frames; some writers let the bits of the last byte fall that it does not fill, hence rounded down. */
    private long wholeBytes() {
        return Math.max(1, image.frameBits() * image.frames() / 8);
    }

    @Override
    public List<ByteRange> ranges(int frame) {
        Objects.checkIndex(frame, image.frames());
        long first = image.frameBits() * frame / 8;
        long end = Math.min(bytes.length(), (image.frameBits() * (frame + 1L) + 7) / 8);
        return List.of(new ByteRange(first, end - first));
    }

    @Override
    public byte[] read(int frame) throws IOException {
        ByteRange range = ranges(frame).get(0);
        int shift = (int) (image.frameBits() * frame & 7);
        byte[] raw = turned(range);
        int length = (int) image.frameBytes();
        if (shift == 0 && raw.length == length && (image.frameBits() & 7) == 0) {
            return raw;
        }
        byte[] aligned = new byte[length];
        for (int i = 0; i < length; i++) {
            int low = i < raw.length ? raw[i] & 0xFF : 0;
            int high = i + 1 < raw.length ? raw[i + 1] & 0xFF : 0;
            aligned[i] = (byte) ((high << 8 | low) >>> shift);
        }
        int used = (int) (image.frameBits() & 7);
        if (used != 0) {
            // the next frame's bits are not this one's
            aligned[length - 1] &= (byte) ((1 << used) - 1);
        }
        return aligned;
    }

    private byte[] turned(ByteRange range) throws IOException {
        long first = range.offset() / word * word;
        long end = Math.min(bytes.length(), (range.end() + word - 1) / word * word);
        byte[] raw = bytes.read(first, (int) (end - first));
        if (word == 1) {
            return raw;
        }
        byte[] turned = raw.clone();
        Values.swap(turned, 0, turned.length, word);
        int skip = (int) (range.offset() - first);
        int length = (int) range.length();
        return skip == 0 && length == turned.length ? turned : Arrays.copyOfRange(turned, skip, skip + length);
    }
}
