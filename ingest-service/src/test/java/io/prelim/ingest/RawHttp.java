package io.prelim.ingest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One HTTP connection written byte by byte, for requests no client library would send. */
public final class RawHttp implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 15_000;

    private final Socket socket;

    private RawHttp(Socket socket) {
        this.socket = socket;
    }

    public static RawHttp connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return new RawHttp(socket);
    }

    /** @param lines of the head, without the empty one that ends it */
    public RawHttp head(String... lines) throws IOException {
        return send((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    public RawHttp send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    public RawHttp send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** One chunk of a chunked body. */
    public RawHttp chunk(byte[] bytes) throws IOException {
        return send(Integer.toHexString(bytes.length) + "\r\n").send(bytes).send("\r\n");
    }

    public RawHttp endOutput() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** The status of the next response, whose body is passed over; -1 when the connection ends without one. */
    public int status() throws IOException {
        return Integer.parseInt(response().substring(0, 3).replace("end", "-1"));
    }

    /** Status and body of the next response; {@code end} when the connection ends without one. */
    public String response() throws IOException {
        String head = upTo("\r\n\r\n");
        if (head.isEmpty()) {
            return "end";
        }
        String status = head.substring(9, 12);
        int length = 0;
        for (String line : head.split("\r\n")) {
            if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        return status + " " + new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
    }

    /** Waits for the other side to end the connection. */
    public boolean ends() throws IOException {
        try {
            return socket.getInputStream().readAllBytes().length == 0;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private String upTo(String end) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        String text = "";
        while (!text.endsWith(end)) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            read.write(next);
            text = next == '\n' ? read.toString(StandardCharsets.ISO_8859_1) : "";
        }
        return text;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
