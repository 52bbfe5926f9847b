package io.prelim.ingest.web.multipart;

import io.prelim.ingest.web.multipart.MalformedMultipart.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads a multipart body part by part (RFC 2046 section 5.1). Holds one buffer whatever comes, and hands bytes on as soon as
 * they cannot belong to a delimiter. Strict: lines end with CRLF, a delimiter's line holds nothing else, and a body without its
 * close-delimiter is truncated. For one thread.
 */
public final class MultipartReader {
    private static final int BUFFER = 128 << 10;

    private final InputStream in;
    private final Delimiter delimiter;
    private final MultipartLimits limits;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int end;
    /** Bytes before it are the part's. */
    private int safe;
    /** A delimiter stands at {@code safe}. */
    private boolean delimited;

    private boolean closed;
    private long taken;
    private int parts;
    private Body current;

    /**
     * @param boundary as {@link #isBoundary} wants it
     * @param in the body, from its first byte on
     */
    public MultipartReader(InputStream in, String boundary, MultipartLimits limits) {
        if (!isBoundary(boundary)) {
            throw new IllegalArgumentException("no boundary");
        }
        this.in = in;
        this.delimiter = Delimiter.of(boundary);
        this.limits = limits;
        // the first delimiter may open the body; then no line end stands before it
        buffer[0] = '\r';
        buffer[1] = '\n';
        this.end = 2;
        this.current = new Body();
    }

    /** Whether the text may be a boundary (RFC 2046 section 5.1.1); one of up to 128 characters passes. */
    public static boolean isBoundary(String text) {
        return Delimiter.isBoundary(text);
    }

    /** Parts met so far. */
    public int parts() {
        return parts;
    }

    /**
     * Goes to the next part; what was not read of this one is passed over.
     *
     * @return null behind the close-delimiter; what follows it has been passed over too
     * @throws MalformedMultipart when the body is none, or passes a bound
     */
    public Part next() throws IOException {
        if (closed) {
            return null;
        }
        current.skipRest();
        position = safe + delimiter.length();
        if (closing()) {
            closed = true;
            passEpilogue();
            return null;
        }
        if (++parts > limits.maxParts()) {
            throw malformed(Kind.LIMIT, "more than " + limits.maxParts() + " parts");
        }
        Map<String, String> headers = headers();
        // a part may have no body: then the line end behind its header is already the next delimiter's
        position -= 2;
        need(delimiter.length());
        delimited = delimiter.find(buffer, position, position + delimiter.length()) == position;
        position += delimited ? 0 : 2;
        safe = position;
        current = new Body();
        return new Part(headers, current);
    }

    /** Passes what stands between the delimiter and its line's end; whether it closes the body. */
    private boolean closing() throws IOException {
        need(2);
        if (buffer[position] == '-' && buffer[position + 1] == '-') {
            return true;
        }
        int padding = 0;
        while (buffer[position] == ' ' || buffer[position] == '\t') {
            if (++padding > limits.maxHeaderBytes()) {
                throw malformed(Kind.LIMIT, "a delimiter's line is too long");
            }
            position++;
            need(2);
        }
        if (buffer[position] != '\r' || buffer[position + 1] != '\n') {
            throw malformed(Kind.SYNTAX, "a delimiter's line holds more than the delimiter");
        }
        position += 2;
        return false;
    }

    private void passEpilogue() throws IOException {
        do {
            position = end;
        } while (fill());
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        int[] left = {limits.maxHeaderBytes()};
        String name = null;
        while (true) {
            String line = line(left);
            if (line.isEmpty()) {
                return headers;
            }
            if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
                if (name == null) {
                    throw malformed(Kind.SYNTAX, "a part's header begins with a continuation");
                }
                headers.merge(name, line.strip(), (before, more) -> before + " " + more);
                continue;
            }
            int colon = line.indexOf(':');
            name = colon < 1 ? "" : line.substring(0, colon).toLowerCase(Locale.ROOT);
            if (!name.matches("[!#$%&'*+.^_`|~0-9a-z-]+")) {
                throw malformed(Kind.SYNTAX, "a part's header has a line that is no field");
            }
            if (headers.put(name, line.substring(colon + 1).strip()) != null) {
                throw malformed(Kind.SYNTAX, "a part's header names a field twice");
            }
        }
    }

    /** One line without its end, counted against what is left of the header's bound. */
    private String line(int[] left) throws IOException {
        int from = 0;
        while (true) {
            for (int at = position + from; at + 1 < end; at++, from++) {
                boolean ends = buffer[at] == '\r' && buffer[at + 1] == '\n';
                if (!ends && (buffer[at] == '\r' || buffer[at] == '\n' || buffer[at] == 0)) {
                    throw malformed(Kind.SYNTAX, "a part's header has a control character");
                }
                if (ends) {
                    left[0] -= from + 2;
                    String line = new String(buffer, position, from, StandardCharsets.ISO_8859_1);
                    position = at + 2;
                    return line;
                }
                if (from >= left[0]) {
                    throw malformed(Kind.LIMIT, "a part's header is longer than " + limits.maxHeaderBytes());
                }
            }
            if (!fill()) {
                throw malformed(Kind.TRUNCATED, "the body ends within a part's header");
            }
        }
    }

    private void need(int count) throws IOException {
        while (end - position < count) {
            if (!fill()) {
                throw malformed(Kind.TRUNCATED, "the body ends before its close-delimiter");
            }
        }
    }

    /** Takes more bytes behind those not yet read; false at the body's end. */
    private boolean fill() throws IOException {
        if (position > 0) {
            System.arraycopy(buffer, position, buffer, 0, end - position);
            safe = Math.max(0, safe - position);
            end -= position;
            position = 0;
        }
        int read = in.read(buffer, end, buffer.length - end);
        if (read < 0) {
            return false;
        }
        taken += read;
        if (taken > limits.maxBytes()) {
            throw malformed(Kind.LIMIT, "a body longer than " + limits.maxBytes() + " bytes");
        }
        end += read;
        return true;
    }

    private MalformedMultipart malformed(Kind kind, String what) {
        return new MalformedMultipart(kind, what, taken - (end - position));
    }

    /** The bytes of one part. */
    private final class Body extends InputStream {
        private final byte[] one = new byte[1];

        @Override
        public int read() throws IOException {
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!more(this)) {
                return -1;
            }
            int piece = Math.min(length, safe - position);
            System.arraycopy(buffer, position, bytes, offset, piece);
            position += piece;
            return piece;
        }

        void skipRest() throws IOException {
            while (more(this)) {
                position = safe;
            }
        }
    }

    /** Finds out how many bytes are the part's; false when it has no more. */
    private boolean more(Body asking) throws IOException {
        if (asking != current) {
            throw new IOException("the part is over");
        }
        while (position == safe) {
            if (delimited) {
                return false;
            }
            int found = delimiter.find(buffer, position, end);
            if (found >= 0) {
                safe = found;
                delimited = true;
                continue;
            }
            safe = Math.max(position, end - delimiter.length() + 1);
            if (safe == position && !fill()) {
                throw malformed(Kind.TRUNCATED, "the body ends before its close-delimiter");
            }
        }
        return true;
    }
}
