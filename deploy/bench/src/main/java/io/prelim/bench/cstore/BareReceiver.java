package io.prelim.bench.cstore;

import io.prelim.dicom.net.association.AssociationListener;
import io.prelim.dicom.net.association.AssociationPolicy;
import io.prelim.dicom.net.dimse.StoreResponse;
import io.prelim.dicom.net.transport.DicomServer;
import io.prelim.dicom.net.transport.ServerSettings;
import io.prelim.testkit.port.FreePort;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * The ceiling: takes an object with the same network code, appends its bytes to one file, syncs, answers. No parsing, no digest,
 * no index, no event. Appends that wait while a sync runs share the next one.
 */
final class BareReceiver implements Receiver {
    private final Process child;
    private final int port;

    private BareReceiver(Process child, int port) {
        this.child = child;
        this.port = port;
    }

    static Receiver start(Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        int port = FreePort.next();
        Path ready = directory.resolve("ready");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BareReceiver.class.getName(),
                        Integer.toString(port),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        while (!Files.exists(ready)) {
            if (child.waitFor(20, TimeUnit.MILLISECONDS)) {
                throw new IOException("the bare receiver did not start; its log is " + directory.resolve("log"));
            }
        }
        return new BareReceiver(child, port);
    }

    /** The child: port, folder. Ends with its parent's {@link #close()}. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[1]);
        AppendedFile file = new AppendedFile(directory.resolve("objects"));
        ThreadLocal<byte[]> object = ThreadLocal.withInitial(() -> new byte[1 << 20]);
        DicomServer.start(
                ServerSettings.defaults().withPort(Integer.parseInt(arguments[0])),
                AssociationPolicy.acceptAll(),
                (request, dataSet) -> {
                    byte[] bytes = object.get();
                    int length = 0;
                    for (int read = 0; read >= 0; length += Math.max(0, read)) {
                        if (length == bytes.length) {
                            bytes = Arrays.copyOf(bytes, 2 * length);
                            object.set(bytes);
                        }
                        read = dataSet.read(bytes, length, bytes.length - length);
                    }
                    file.append(bytes, length);
                    return StoreResponse.SUCCESS.now();
                },
                AssociationListener.NONE);
        Files.createFile(directory.resolve("ready"));
    }

    /** One file, synced for all who wait. */
    private static final class AppendedFile {
        private final FileChannel channel;
        private long appended;
        private long synced;
        private boolean syncing;

        AppendedFile(Path path) throws IOException {
            channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        }

        void append(byte[] bytes, int length) throws IOException {
            long end;
            synchronized (this) {
                ByteBuffer rest = ByteBuffer.wrap(bytes, 0, length);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                appended += length;
                end = appended;
            }
            awaitSync(end);
        }

        private void awaitSync(long end) throws IOException {
            while (true) {
                long covered;
                synchronized (this) {
                    while (syncing && synced < end) {
                        waitForOther();
                    }
                    if (synced >= end) {
                        return;
                    }
                    syncing = true;
                    covered = appended;
                }
                try {
                    channel.force(false);
                } finally {
                    synchronized (this) {
                        syncing = false;
                        notifyAll();
                    }
                }
                synchronized (this) {
                    synced = Math.max(synced, covered);
                }
            }
        }

        private void waitForOther() throws IOException {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String aeTitle() {
        return "BARE";
    }

    @Override
    public ProcessHandle process() {
        return child.toHandle();
    }

    @Override
    public void close() throws InterruptedException {
        child.destroyForcibly().waitFor();
    }
}
