package io.prelim.chaos.send;

import io.prelim.chaos.seed.Seeds;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A TCP proxy on loopback that breaks connections: the seed decides of each, in the order they come, what becomes of it. */
public final class FaultyProxy implements AutoCloseable {
    private static final int CONNECT_MILLIS = 2_000;
    private static final int BUFFER = 16 << 10;

    private final long seed;
    private final int target;
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger broken = new AtomicInteger();

    private FaultyProxy(long seed, int target, ServerSocket server) {
        this.seed = seed;
        this.target = target;
        this.server = server;
    }

    /** @param target port on loopback */
    public static FaultyProxy start(long seed, int target) throws IOException {
        FaultyProxy proxy = new FaultyProxy(seed, target, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        proxy.threads.execute(proxy::accept);
        return proxy;
    }

    /** Where it listens. */
    public int port() {
        return server.getLocalPort();
    }

    /** Connections so far. */
    public int connections() {
        return connections.get();
    }

    /** Connections that were not clean. */
    public int broken() {
        return broken.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                int number = connections.getAndIncrement();
                threads.execute(() -> serve(client, Line.draw(Seeds.random(seed, number))));
            } catch (IOException e) {
                // closed
            }
        }
    }

    private void serve(Socket client, Line line) {
        if (!(line instanceof Line.Clean)) {
            broken.incrementAndGet();
        }
        Socket service = new Socket();
        try {
            client.setTcpNoDelay(true);
            service.setTcpNoDelay(true);
            service.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), CONNECT_MILLIS);
            threads.execute(() -> {
                try {
                    forward(service.getInputStream(), client, new Line.Clean());
                    client.shutdownOutput();
                } catch (IOException | InterruptedException e) {
                    drop(client, service, false);
                }
            });
            forward(client.getInputStream(), service, line);
            if (!(line instanceof Line.HalfOpen)) {
                service.shutdownOutput();
            }
        } catch (IOException | InterruptedException e) {
            drop(client, service, e instanceof ResetNow);
        }
    }

    private static final class ResetNow extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private static void forward(InputStream in, Socket to, Line line) throws IOException, InterruptedException {
        OutputStream out = to.getOutputStream();
        byte[] buffer = new byte[line instanceof Line.Sliced sliced ? sliced.pieceBytes() : BUFFER];
        long sent = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            if (line instanceof Line.HalfOpen half && sent + read > half.afterBytes()) {
                sent = half.afterBytes(); // from here on all is swallowed: the peer waits in vain
                continue;
            }
            if (line instanceof Line.Reset reset && sent + read > reset.afterBytes()) {
                out.write(buffer, 0, (int) (reset.afterBytes() - sent));
                throw new ResetNow();
            }
            out.write(buffer, 0, read);
            sent += read;
            if (line instanceof Line.Sliced sliced) {
                Thread.sleep(sliced.pauseMillis());
            }
        }
    }

    private static void drop(Socket client, Socket service, boolean reset) {
        for (Socket socket : new Socket[] {client, service}) {
            try {
                if (reset) {
                    socket.setSoLinger(true, 0); // RST in place of FIN
                }
                socket.close();
            } catch (IOException e) {
                // gone already
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
