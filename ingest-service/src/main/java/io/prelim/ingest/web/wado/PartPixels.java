package io.prelim.ingest.web.wado;

import io.prelim.dicom.pixel.PixelRefusal;
import io.prelim.dicom.pixel.locate.PixelBytes;
import io.prelim.ingest.index.PartRow;
import java.io.IOException;
import java.io.InputStream;

/** Pixel data that is a part of its own, found sound. */
final class PartPixels implements PixelBytes {
    private final StoredParts parts;
    private final PartRow part;

    PartPixels(StoredParts parts, PartRow part) {
        this.parts = parts;
        this.part = part;
    }

    @Override
    public long length() {
        return part.reference().length();
    }

    @Override
    public byte[] read(long offset, int length) throws IOException {
        if (offset < 0 || length < 0 || length > length() - offset) {
            throw PixelRefusal.truncated("bytes beyond the value", offset, length);
        }
        // a copy forward may have dropped the segment meanwhile
        PartRow now = parts.current(part);
        try (InputStream in = parts.read(now, offset, offset + length)) {
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw PixelRefusal.truncated("bytes beyond the part", offset, length);
            }
            return bytes;
        }
    }
}
