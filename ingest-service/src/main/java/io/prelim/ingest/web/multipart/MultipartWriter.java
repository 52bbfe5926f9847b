package io.prelim.ingest.web.multipart;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Writes a multipart/related body (RFC 2387, RFC 2046 section 5.1) as it goes. Its boundary is 122 random bits: nobody's content. */
public final class MultipartWriter {
    private static final String LINE_END = "\r\n";

    private final String boundary;
    private final OutputStream out;

    /** Writes one part's body to the stream; leaves it open. */
    @FunctionalInterface
    public interface Body {
        void write(OutputStream out) throws IOException;
    }

    /** @param boundary of {@link #boundary()} */
    public MultipartWriter(String boundary, OutputStream out) {
        this.boundary = boundary;
        this.out = out;
    }

    public static String boundary() {
        return "prelim-" + UUID.randomUUID();
    }

    /** The Content-Type of a body whose parts are of a type. */
    public static String contentType(String type, String boundary) {
        return "multipart/related; type=\"" + type + "\"; boundary=" + boundary;
    }

    /** @param location its Content-Location, or null */
    public void part(String contentType, String location, Body body) throws IOException {
        ascii("--" + boundary + LINE_END + "Content-Type: " + contentType + LINE_END);
        if (location != null) {
            ascii("Content-Location: " + location + LINE_END);
        }
        ascii(LINE_END);
        body.write(out);
        ascii(LINE_END);
    }

    /** Writes the close delimiter; the stream stays open. */
    public void end() throws IOException {
        ascii("--" + boundary + "--" + LINE_END);
    }

    private void ascii(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
