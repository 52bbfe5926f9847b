package io.prelim.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between the service and what it talks to, and can be cut or held up. */
public final class TcpProxy implements AutoCloseable {
    private final ServerSocket server;
    private volatile int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;
    private boolean held;

    private TcpProxy(ServerSocket server, int target) {
        this.server = server;
        this.target = target;
    }

    /** @param target a port on loopback */
    public static TcpProxy to(int target) throws IOException {
        TcpProxy proxy = new TcpProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
        start(proxy::accept);
        return proxy;
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Sends new connections to another port on loopback. */
    public void redirect(int port) {
        target = port;
    }

    /** Breaks every connection, and new ones as they come. */
    public void cut() {
        cut = true;
        open.forEach(TcpProxy::closeQuietly);
    }

    public void restore() {
        cut = false;
    }

    /** Keeps back what comes from now on, without a word. */
    public synchronized void hold() {
        held = true;
    }

    /** Lets it go. */
    public synchronized void release() {
        held = false;
        notifyAll();
    }

    private synchronized void awaitRelease() throws InterruptedIOException {
        try {
            while (held) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }

    @Override
    public void close() throws IOException {
        release();
        server.close();
        cut();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                if (cut) {
                    client.close();
                    continue;
                }
                connect(client);
            } catch (IOException e) {
                // closed
            }
        }
    }

    private void connect(Socket client) {
        Socket service = new Socket();
        open.add(client);
        open.add(service);
        try {
            service.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), 5_000);
            start(() -> copy(client, service));
            start(() -> copy(service, client));
        } catch (IOException e) {
            // the target is away: the client sees its end
            closeQuietly(client);
            closeQuietly(service);
            open.remove(client);
            open.remove(service);
        }
    }

    private void copy(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] piece = new byte[16 << 10];
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                awaitRelease();
                out.write(piece, 0, read);
            }
        } catch (IOException e) {
            // cut
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // closed it is
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "tcp-proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
