package io.prelim.dicom.net.transport;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;

/**
 * Room for data sets that are read whole, shared by all associations of a server: taken as their bytes come in, given back when
 * they were served. So that many peers with large data sets, each within its bound, take no more together than a few.
 */
final class ReadingRoom {
    /** Two of the largest, or thousands of ordinary ones. */
    static final int BYTES = 32 << 20;

    /** No room is left. */
    static final class Full extends IOException {
        private static final long serialVersionUID = 1L;

        private Full() {
            super("no room to read a data set");
        }
    }

    private final Semaphore bytes;

    ReadingRoom(int bytes) {
        this.bytes = new Semaphore(bytes);
    }

    /** A stream whose bytes take room until it is closed; it does not close the other. Reading throws {@link Full}. */
    InputStream reader(InputStream in) {
        return new Reader(in);
    }

    private final class Reader extends InputStream {
        private final InputStream in;
        private int taken;

        private Reader(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int start, int length) throws IOException {
            int read = in.read(target, start, length);
            if (read > 0) {
                if (!bytes.tryAcquire(read)) {
                    throw new Full();
                }
                taken += read;
            }
            return read;
        }

        @Override
        public void close() {
            bytes.release(taken);
            taken = 0;
        }
    }
}
