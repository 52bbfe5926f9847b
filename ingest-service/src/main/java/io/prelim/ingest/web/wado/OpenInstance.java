package io.prelim.ingest.web.wado;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DataSetReader;
import io.prelim.dicom.object.Header;
import io.prelim.dicom.object.PixelData;
import io.prelim.dicom.pixel.locate.PixelBytes;
import io.prelim.dicom.pixel.read.FrameReader;
import io.prelim.dicom.syntax.TransferSyntax;
import io.prelim.ingest.index.PartRow;
import io.prelim.ingest.index.VisibleInstances.Instance;
import io.prelim.ingest.web.Refused;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A stored instance that is being read: its header in memory, its pixels where they are. For one thread. */
final class OpenInstance implements AutoCloseable {
    private static final int BUFFER = 64 << 10;

    private final Reading reading;
    private final Instance instance;
    private final TransferSyntax syntax;
    private final PartRow headerPart;
    private Header header;
    private PixelBytes pixels;
    private SpooledPixels spooled;

    /** What is made of its bytes. */
    interface Use<T> {
        T make() throws IOException;
    }

    /** @throws Refused 410, when its header is damaged */
    OpenInstance(Reading reading, Instance instance) throws IOException {
        this.reading = reading;
        this.instance = instance;
        this.syntax = TransferSyntax.of(instance.kind().transferSyntaxUid());
        this.headerPart = reading.parts().sound(instance.header());
    }

    Instance instance() {
        return instance;
    }

    TransferSyntax syntax() {
        return syntax;
    }

    /** Bytes of the header part; from {@link Instance#pixelsAt()} on they come after pixel data. */
    InputStream headerBytes(long from, long to) throws IOException {
        return new BufferedInputStream(reading.parts().read(reading.parts().current(headerPart), from, to), BUFFER);
    }

    long headerBytes() {
        return headerPart.reference().length();
    }

    /** What comes before pixel data. */
    Header header() throws IOException {
        if (header == null) {
            if (syntax.deflated()) {
                header = inflate(OutputStream.nullOutputStream());
            } else {
                try (InputStream in = headerBytes(0, instance.pixelsAt())) {
                    header = DataSetReader.readHeader(in, syntax, reading.limits());
                }
            }
        }
        return header;
    }

    private Header inflate(OutputStream value) throws IOException {
        try (InputStream in = headerBytes(0, headerBytes())) {
            return DataSetReader.readThrough(in, syntax, reading.limits(), value);
        }
    }

    /** What comes after pixel data; nothing of a deflated object. */
    DataSet trailer() throws IOException {
        if (syntax.deflated() || instance.pixelsAt() == headerBytes()) {
            return new DataSet();
        }
        try (InputStream in = headerBytes(instance.pixelsAt(), headerBytes())) {
            return DataSetReader.read(in, syntax, reading.limits());
        }
    }

    /** Form and length of the pixel data's value, or null when there is none or it is empty. */
    PixelData pixelData() throws IOException {
        PixelData found = header().pixelData();
        return found == null || found.length() == 0 ? null : found;
    }

    /**
     * The pixel data's value.
     *
     * @throws Refused 410, when it is damaged
     */
    PixelBytes pixels() throws IOException {
        if (pixels == null) {
            if (syntax.deflated()) {
                spooled = new SpooledPixels(reading.spoolDirectory(), reading.maxInflated());
                header = inflate(spooled);
                pixels = spooled;
            } else {
                pixels = instance.pixels() == null
                        ? PixelBytes.of(new byte[0])
                        : new PartPixels(reading.parts(), reading.parts().sound(instance.pixels()));
            }
        }
        return pixels;
    }

    /** Its frames, to be decoded. */
    FrameReader frames() throws IOException {
        return FrameReader.open(
                header().dataSet(), syntax, pixelData(), pixelData() == null ? null : pixels(), reading.pixelLimits());
    }

    /** Its frames as they are stored. */
    FrameReader storedFrames() throws IOException {
        return FrameReader.openStored(
                header().dataSet(), syntax, pixelData(), pixelData() == null ? null : pixels(), reading.pixelLimits());
    }

    /**
     * What a use of it makes.
     *
     * @throws Refused 422, saying what of which instance cannot be read: it is legal to store what cannot be read
     */
    <T> T orRefused(Use<T> use) throws IOException {
        try {
            return use.make();
        } catch (MalformedInput e) {
            throw new Refused(422, "Instance " + instance.sopInstanceUid() + " cannot be read so: " + e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        if (spooled != null) {
            spooled.close();
        }
    }
}
