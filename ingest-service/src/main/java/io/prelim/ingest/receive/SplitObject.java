package io.prelim.ingest.receive;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.object.Header;
import io.prelim.dicom.object.PixelData;
import io.prelim.store.Content;
import io.prelim.store.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * An object as two parts, no byte re-encoded: {@code header[0, pixelsAt) + pixels + header[pixelsAt, end)} is what came. A deflated
 * object is one part, since no cut of its bytes is one of its data set.
 *
 * @param header all but the value of (7FE0,0010)
 * @param pixelsAt where the pixels' value was taken out of it
 * @param headerLength bytes of the elements before (7FE0,0010), from the start
 * @param pixels the value of (7FE0,0010) as received, or null when absent, empty or deflated
 * @param pixelsDigest of that value, inflated; null when absent or empty
 */
record SplitObject(
        Content header, long pixelsAt, long headerLength, Sha256 headerDigest, Content pixels, Sha256 pixelsDigest) {
    private static final int ITEM_HEADER = 8;

    /**
     * @param spool the whole object
     * @param maxFragments of encapsulated pixel data
     * @throws MalformedInput when pixel data does not end where it should, or is more fragments
     */
    static SplitObject of(Header parsed, Spool spool, int maxFragments) throws IOException {
        long end = spool.length();
        PixelData pixelData = parsed.pixelData();
        if (pixelData == null) {
            Content whole = spool.slice(0, end);
            return new SplitObject(whole, end, parsed.headerLength(), Sha256.of(whole), null, null);
        }
        long from = pixelData.valueOffset();
        long to = pixelData.encapsulated() ? endOfFragments(spool, from, maxFragments) : from + pixelData.length();
        if (to > end) {
            throw malformed(
                    MalformedInput.Kind.TRUNCATED, "pixel data ends before its length", from, pixelData.length());
        }
        Content header = Content.concat(spool.slice(0, from), spool.slice(to, end));
        Content pixels = to == from ? null : spool.slice(from, to);
        return new SplitObject(
                header,
                from,
                parsed.headerLength(),
                Sha256.of(header),
                pixels,
                pixels == null ? null : Sha256.of(pixels));
    }

    /**
     * A deflated object.
     *
     * @param pixelsDigest of the inflated value of (7FE0,0010), or null when absent or empty
     */
    static SplitObject whole(Spool spool, Sha256 pixelsDigest) throws IOException {
        long end = spool.length();
        Content whole = spool.slice(0, end);
        return new SplitObject(whole, end, end, Sha256.of(whole), null, pixelsDigest);
    }

    /** PS3.5 annex A.4: items, then a sequence delimiter; one that is missing at the object's end is let pass. */
    private static long endOfFragments(Spool spool, long from, int maxFragments) throws IOException {
        byte[] bytes = new byte[ITEM_HEADER];
        long at = from;
        int fragments = 0;
        while (at < spool.length()) {
            if (!spool.read(at, bytes)) {
                throw malformed(MalformedInput.Kind.TRUNCATED, "pixel data ends within an item header", at, -1);
            }
            ByteBuffer item = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            int tag = Short.toUnsignedInt(item.getShort(0)) << 16 | Short.toUnsignedInt(item.getShort(2));
            long length = Integer.toUnsignedLong(item.getInt(4));
            at += ITEM_HEADER;
            if (tag == Tag.SEQUENCE_DELIMITATION) {
                return at;
            }
            if (tag != Tag.ITEM || length == 0xFFFF_FFFFL) {
                throw malformed(MalformedInput.Kind.STRUCTURE, "no fragment where one is due", at - ITEM_HEADER, -1);
            }
            if (++fragments > maxFragments) {
                throw malformed(MalformedInput.Kind.LIMIT, "more fragments than allowed", at - ITEM_HEADER, fragments);
            }
            if (length > spool.length() - at) {
                throw malformed(MalformedInput.Kind.TRUNCATED, "a fragment ends before its length", at, length);
            }
            at += length;
        }
        return at;
    }

    private static MalformedInput malformed(MalformedInput.Kind kind, String what, long at, long amount) {
        return new MalformedInput(kind, what, at, Tag.toString(Tag.PIXEL_DATA), amount);
    }
}
