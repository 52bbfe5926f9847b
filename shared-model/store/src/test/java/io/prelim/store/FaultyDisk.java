package io.prelim.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A disk that fills up, fails to sync, or holds syncs back, as told. */
final class FaultyDisk implements Disk {
    volatile long usableBytes = Long.MAX_VALUE;
    volatile boolean syncFails;
    volatile CountDownLatch syncGate = new CountDownLatch(0);
    final AtomicInteger syncs = new AtomicInteger();

    @Override
    public long usableBytes(Path directory) {
        return usableBytes;
    }

    @Override
    public void sync(FileChannel segment) throws IOException {
        syncs.incrementAndGet();
        try {
            syncGate.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        if (syncFails) {
            throw new IOException("Input/output error");
        }
        Disk.REAL.sync(segment);
    }
}
