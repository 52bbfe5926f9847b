package io.prelim.store.copy;

import io.prelim.store.copy.CopyStore.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the objects of one log's copy are called: {@code <log id>/<segment>/<offset>-<bytes>}, numbers of 16 digits, so that their order is
 * the log's. Never a name out of what they hold.
 */
record CopyKeys(UUID id) {
    private static final Pattern KEY = Pattern.compile("[0-9a-f-]{36}/(\\d{16})/(\\d{16})-(\\d{16})");
    /** After every key of a segment, before the next one's. */
    private static final String LAST = "~";
    /** Asked for at a time: what S3 lists at most. */
    private static final int PAGE = 1000;

    String all() {
        return id + "/";
    }

    String segment(long segment) {
        return id + "/" + digits(segment) + "/";
    }

    String of(Range range) {
        return segment(range.segment()) + digits(range.from()) + "-" + digits(range.bytes());
    }

    /** The object's place; empty for what is no object of a copy, or is not as long as its key says. */
    static Optional<Range> place(Entry entry) {
        Matcher key = KEY.matcher(entry.key());
        if (!key.matches()) {
            return Optional.empty();
        }
        long segment = Long.parseLong(key.group(1));
        long from = Long.parseLong(key.group(2));
        long bytes = Long.parseLong(key.group(3));
        return segment < 1 || bytes < 1 || entry.bytes() != bytes
                ? Optional.empty()
                : Optional.of(new Range(segment, from, from + bytes));
    }

    /** What the copy has of a segment, by offset. */
    List<Range> ranges(CopyStore store, long segment) throws IOException {
        List<Range> found = new ArrayList<>();
        for (Entry entry : entries(store, segment)) {
            place(entry).ifPresent(found::add);
        }
        return found;
    }

    /** Whatever lies under a segment's name. */
    List<Entry> entries(CopyStore store, long segment) throws IOException {
        List<Entry> found = new ArrayList<>();
        List<Entry> page;
        do {
            String after = found.isEmpty() ? "" : found.get(found.size() - 1).key();
            page = store.list(segment(segment), after, PAGE);
            found.addAll(page);
        } while (page.size() == PAGE);
        return found;
    }

    /** The first segment after this one that the copy has anything of. */
    OptionalLong segmentAfter(CopyStore store, long segment) throws IOException {
        String after = segment == 0 ? "" : segment(segment) + LAST;
        for (Entry entry : store.list(all(), after, PAGE)) {
            Matcher key = KEY.matcher(entry.key());
            if (key.matches()) {
                return OptionalLong.of(Long.parseLong(key.group(1)));
            }
        }
        return OptionalLong.empty();
    }

    private static String digits(long number) {
        return String.format("%016d", number);
    }
}
