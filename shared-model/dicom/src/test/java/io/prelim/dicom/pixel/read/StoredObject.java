package io.prelim.dicom.pixel.read;

import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.object.DataSetReader;
import io.prelim.dicom.object.DicomFile;
import io.prelim.dicom.object.Header;
import io.prelim.dicom.pixel.PixelLimits;
import io.prelim.dicom.pixel.locate.PixelBytes;
import io.prelim.dicom.syntax.TransferSyntax;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file whose pixel data stays where it is: the header is parsed, the value read by ranges. */
final class StoredObject implements AutoCloseable, PixelBytes {
    private final RandomAccessFile file;
    private final long valueOffset;
    private final FrameReader reader;
    private long bytesRead;

    private StoredObject(RandomAccessFile file, Header header, long dataSet, TransferSyntax syntax, PixelLimits limits)
            throws IOException {
        this.file = file;
        this.valueOffset =
                header.pixelData() == null ? 0 : dataSet + header.pixelData().valueOffset();
        this.reader = FrameReader.open(header.dataSet(), syntax, header.pixelData(), this, limits);
    }

    /** Null where the file is not laid out as PS3.10 section 7 has it, or its data set is deflated. */
    static StoredObject open(Path path, TransferSyntax syntax, PixelLimits limits) throws IOException {
        long dataSet = dataSetOffset(path);
        if (dataSet < 0 || syntax.deflated()) {
            return null;
        }
        Header header;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
            in.skipNBytes(dataSet);
            header = DataSetReader.readHeader(in, syntax, ReadLimits.DEFAULT);
        }
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "r");
        try {
            return new StoredObject(file, header, dataSet, syntax, limits);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** After preamble, prefix, and the meta information as long as its group length says. */
    private static long dataSetOffset(Path path) throws IOException {
        byte[] head = new byte[144];
        try (InputStream in = Files.newInputStream(path)) {
            int read = in.readNBytes(head, 0, head.length);
            ByteBuffer numbers = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
            boolean regular = read == head.length
                    && DicomFile.isDicom(head)
                    && numbers.getInt(132) == 2
                    && numbers.getShort(138) == 4;
            return regular ? 144 + (numbers.getInt(140) & 0xFFFFFFFFL) : -1;
        }
    }

    FrameReader reader() {
        return reader;
    }

    /** How much of the value was read so far. */
    long bytesRead() {
        return bytesRead;
    }

    @Override
    public long length() {
        try {
            return file.length() - valueOffset;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public byte[] read(long offset, int length) throws IOException {
        byte[] bytes = new byte[length];
        file.seek(valueOffset + offset);
        file.readFully(bytes);
        bytesRead += length;
        return bytes;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
