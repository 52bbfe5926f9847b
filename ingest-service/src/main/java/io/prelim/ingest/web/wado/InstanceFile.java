package io.prelim.ingest.web.wado;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.encoding.Values;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DataSetWriter;
import io.prelim.dicom.object.DicomFile;
import io.prelim.dicom.object.Element;
import io.prelim.dicom.object.PixelData;
import io.prelim.dicom.object.SequenceElement;
import io.prelim.dicom.pixel.Frame;
import io.prelim.dicom.pixel.ImageDescription;
import io.prelim.dicom.pixel.locate.PixelBytes;
import io.prelim.dicom.pixel.read.FrameReader;
import io.prelim.dicom.stream.TokenReader;
import io.prelim.dicom.stream.TokenWriter;
import io.prelim.dicom.syntax.TransferSyntax;
import io.prelim.ingest.index.VisibleInstances.Instance;
import io.prelim.ingest.web.ByteRange;
import io.prelim.ingest.web.PartStream;
import io.prelim.ingest.web.Refused;
import io.prelim.ingest.web.dicom.Admission;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * An instance on its way out as a PS3.10 file: a preamble of zeros and file meta information made here (PS3.10 section 7.1), then the data
 * set in the transfer syntax that was agreed. Memory holds a buffer where it goes out as it is stored, else its header, and a frame where
 * frames are decoded.
 */
final class InstanceFile {
    private static final int PIECE = 64 << 10;
    /** Longest value of a 32-bit length that is even and not undefined. */
    private static final long LONGEST_VALUE = 0xFFFF_FFFEL;

    private static final TransferSyntax EXPLICIT = TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN;

    private final Reading reading;
    private final OpenInstance open;
    private final Form form;
    private final byte[] head;
    /** The first frame and those that follow, where they are decoded. */
    private FrameReader frames;

    private ImageDescription image;

    /**
     * Looks at all that can be wrong before a byte is sent.
     *
     * @throws Refused 410 for damage, 422 for what cannot be read
     */
    InstanceFile(Reading reading, OpenInstance open, String transferSyntax) throws IOException {
        this.reading = reading;
        this.open = open;
        this.form = Form.of(open.instance().kind(), transferSyntax).orElseThrow();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        Instance instance = open.instance();
        DicomFile.writeHead(
                instance.sopClassUid(), instance.sopInstanceUid(), TransferSyntax.of(transferSyntax), bytes);
        this.head = bytes.toByteArray();
        if (form == Form.DECODED) {
            frames = open.frames();
            image = decode(0).image();
            long length = valueLength();
            if (length > LONGEST_VALUE
                    || image.frameBits() % 8 != 0 && frames.image().frames() > 1) {
                throw new Refused(422, "Decoded, it is no value of native pixel data; its stored transfer syntax is.");
            }
        }
    }

    /** Bytes of the file, or -1 where only writing tells. */
    long length() {
        Instance instance = open.instance();
        return form != Form.AS_STORED
                ? -1
                : head.length
                        + open.headerBytes()
                        + (instance.pixels() == null
                                ? 0
                                : instance.pixels().reference().length());
    }

    void write(OutputStream out) throws IOException {
        out.write(head);
        switch (form) {
            case AS_STORED -> asStored(out);
            case INFLATED -> inflated(out);
            case EXPLICIT -> explicit(out);
            case DECODED -> decoded(out);
        }
    }

    private void asStored(OutputStream out) throws IOException {
        Instance instance = open.instance();
        copyHeader(0, instance.pixelsAt(), out);
        if (instance.pixels() != null) {
            StoredParts parts = reading.parts();
            ByteRange whole = new ByteRange(0, instance.pixels().reference().length());
            new PartStream(parts.log(), parts.damaged(), parts.current(instance.pixels()), whole).write(out);
        }
        copyHeader(instance.pixelsAt(), open.headerBytes(), out);
    }

    private void copyHeader(long from, long to, OutputStream out) throws IOException {
        if (to > from) {
            try (InputStream in = open.headerBytes(from, to)) {
                in.transferTo(out);
            }
        }
    }

    private void inflated(OutputStream out) throws IOException {
        try (InputStream in = open.headerBytes(0, open.headerBytes())) {
            TokenReader.of(in, open.syntax(), reading.limits()).rest().transferTo(out);
        }
    }

    private void explicit(OutputStream out) throws IOException {
        DataSetWriter.write(withoutGroupLengths(open.header().dataSet()), EXPLICIT, out);
        PixelData pixels = open.header().pixelData();
        if (pixels != null) {
            startPixels(pixels.vr(), pixels.length(), out);
            int word = open.syntax().bigEndian() && pixels.vr() == VR.OW ? 2 : 1;
            copy(open.pixels(), 0, pixels.length(), word, out);
            pad(pixels.length(), out);
        }
        DataSetWriter.write(withoutGroupLengths(open.trailer()), EXPLICIT, out);
    }

    private static void startPixels(VR vr, long length, OutputStream out) throws IOException {
        new TokenWriter(out, EXPLICIT).valueStart(Tag.PIXEL_DATA, vr, length + (length & 1));
    }

    private static void pad(long length, OutputStream out) throws IOException {
        if ((length & 1) != 0) {
            out.write(0);
        }
    }

    /** Copies a range of a value. @param word bytes whose order is turned; from lies at a word's first byte then */
    static void copy(PixelBytes bytes, long from, long to, int word, OutputStream out) throws IOException {
        for (long at = from; at < to; ) {
            int count = (int) Math.min(PIECE, to - at);
            byte[] piece = bytes.read(at, count);
            if (word > 1) {
                Values.swap(piece, 0, count / word * word, word);
            }
            out.write(piece);
            at += count;
        }
    }

    /** PS3.5 section 7.2: retired, and wrong in another syntax. */
    private static DataSet withoutGroupLengths(DataSet dataSet) {
        List<Integer> lengths = dataSet.elements().stream()
                .map(Element::tag)
                .filter(Tag::isGroupLength)
                .toList();
        lengths.forEach(dataSet::remove);
        for (Element element : dataSet.elements()) {
            if (element instanceof SequenceElement sequence) {
                sequence.items().forEach(InstanceFile::withoutGroupLengths);
            }
        }
        return dataSet;
    }

    private long valueLength() {
        return image.frameBytes() * frames.image().frames();
    }

    private Frame decode(int frame) throws IOException {
        try (Admission.Decoding decoding = reading.admission().decode()) {
            return frames.frame(frame);
        }
    }

    private void decoded(OutputStream out) throws IOException {
        DataSet dataSet = open.header().dataSet();
        dataSet.remove(Tag.EXTENDED_OFFSET_TABLE).remove(Tag.EXTENDED_OFFSET_TABLE_LENGTHS);
        dataSet.putString(Tag.PHOTOMETRIC_INTERPRETATION, image.photometric().term());
        if (image.samples() > 1) {
            dataSet.putInteger(Tag.PLANAR_CONFIGURATION, image.planar() ? 1 : 0);
        }
        DataSetWriter.write(withoutGroupLengths(dataSet), EXPLICIT, out);
        startPixels(image.bitsAllocated() > 8 ? VR.OW : VR.OB, valueLength(), out);
        for (int number = 0; number < frames.image().frames(); number++) {
            Frame frame = decode(number);
            if (!frame.image().equals(image)) {
                throw new IOException("a frame lies otherwise than the first one");
            }
            out.write(frame.bytes());
        }
        pad(valueLength(), out);
        DataSetWriter.write(withoutGroupLengths(open.trailer()), EXPLICIT, out);
    }
}
