package io.prelim.report.archive;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before an archive and cuts connections after the archive answered a C-STORE, before the answer is through. */
final class CuttingProxy implements AutoCloseable {
    private static final int HEADER = 6;
    private static final int P_DATA = 4;

    private final ServerSocket listener;
    private final int target;
    private final AtomicInteger cuts;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** @param cuts how many answers do not get through */
    CuttingProxy(int port, int target, int cuts) throws IOException {
        this.listener = new ServerSocket(port, 8, InetAddress.getLoopbackAddress());
        this.target = target;
        this.cuts = new AtomicInteger(cuts);
        threads.execute(this::accept);
    }

    /** Answers that are still to be cut. */
    int left() {
        return Math.max(0, cuts.get());
    }

    private void accept() {
        try {
            while (true) {
                Socket near = listener.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                threads.execute(() -> {
                    try (near;
                            far) {
                        near.getInputStream().transferTo(far.getOutputStream());
                    } catch (IOException e) {
                        // one side is gone
                    }
                });
                threads.execute(() -> {
                    try (near;
                            far) {
                        answers(far, near);
                    } catch (IOException e) {
                        // one side is gone
                    }
                });
            }
        } catch (IOException e) {
            if (!listener.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void answers(Socket from, Socket to) throws IOException {
        DataInputStream in = new DataInputStream(from.getInputStream());
        OutputStream out = to.getOutputStream();
        byte[] header = new byte[HEADER];
        while (true) {
            in.readFully(header);
            int length =
                    (header[2] & 0xFF) << 24 | (header[3] & 0xFF) << 16 | (header[4] & 0xFF) << 8 | header[5] & 0xFF;
            byte[] unit = in.readNBytes(length);
            if (header[0] == P_DATA && cuts.getAndDecrement() > 0) {
                to.setSoLinger(true, 0);
                return;
            }
            out.write(header);
            out.write(unit);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdown();
    }
}
