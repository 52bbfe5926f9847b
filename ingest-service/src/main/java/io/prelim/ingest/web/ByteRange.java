package io.prelim.ingest.web;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Range header asks of a part (RFC 9110 section 14).
 *
 * @param from first byte
 * @param to   after the last byte; equal to {@code from} when nothing of the part is asked for: then it cannot be satisfied
 */
public record ByteRange(long from, long to) {
    private static final Pattern SINGLE = Pattern.compile("bytes=\\s*([0-9]{0,18})-([0-9]{0,18})\\s*");

    public boolean satisfiable() {
        return to > from;
    }

    /** Nothing for no header, several ranges, or what is no range: the whole part is the answer then. */
    public static Optional<ByteRange> parse(String header, long length) {
        Matcher single = SINGLE.matcher(header == null ? "" : header);
        if (!single.matches()) {
            return Optional.empty();
        }
        String first = single.group(1);
        String last = single.group(2);
        if (first.isEmpty()) {
            return last.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new ByteRange(Math.max(0, length - Long.parseLong(last)), length));
        }
        long from = Long.parseLong(first);
        if (!last.isEmpty() && Long.parseLong(last) < from) {
            return Optional.empty();
        }
        long to = last.isEmpty() ? length : Math.min(length, Long.parseLong(last) + 1);
        return Optional.of(from >= length ? new ByteRange(length, length) : new ByteRange(from, to));
    }
}
