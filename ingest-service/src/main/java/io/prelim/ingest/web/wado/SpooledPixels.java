package io.prelim.ingest.web.wado;

import io.prelim.dicom.pixel.PixelRefusal;
import io.prelim.dicom.pixel.locate.PixelBytes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Pixel data of a deflated object, inflated into an unlinked file while a request reads it. For one thread. */
final class SpooledPixels extends OutputStream implements PixelBytes {
    private final FileChannel file;
    private final long most;
    private long length;

    /** @param most bytes it may take */
    SpooledPixels(Path directory, long most) throws IOException {
        this.most = most;
        Files.createDirectories(directory);
        this.file = FileChannel.open(
                Files.createTempFile(directory, "pixels-", ".spool"),
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        if (count > most - length) {
            throw PixelRefusal.limit("inflated pixel data longer than allowed", most);
        }
        ByteBuffer rest = ByteBuffer.wrap(bytes, offset, count);
        while (rest.hasRemaining()) {
            length += file.write(rest, length);
        }
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public byte[] read(long offset, int count) throws IOException {
        if (offset < 0 || count < 0 || count > length - offset) {
            throw PixelRefusal.truncated("bytes beyond the value", offset, count);
        }
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, offset + bytes.position()) < 0) {
                throw PixelRefusal.truncated("bytes beyond the file", offset, count);
            }
        }
        return bytes.array();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
