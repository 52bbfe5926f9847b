package io.prelim.store.copy;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What of a log its copy has, as far as it is known: all that was written since the copy was opened, less what failed; of older
 * segments nothing until they were compared. Safe for use by many threads.
 */
final class Coverage {
    private final NavigableSet<Long> unchecked = new TreeSet<>();
    private final Set<Range> behind = new LinkedHashSet<>();
    private final Set<Range> unreadable = new LinkedHashSet<>();
    private final NavigableSet<Long> longer = new TreeSet<>();
    private boolean opened;

    /** @param older segments that are there already */
    synchronized void opened(SortedSet<Long> older) {
        unchecked.addAll(older);
        opened = true;
    }

    /**
     * A segment was compared.
     *
     * @param lacking what the copy has not of it
     * @param copyIsLonger whether the copy has bytes behind the segment's end, as a crash between the two leaves them
     */
    synchronized void checked(long segment, List<Range> lacking, boolean copyIsLonger) {
        if (unchecked.remove(segment)) {
            behind.addAll(lacking);
            if (copyIsLonger) {
                longer.add(segment);
            }
        }
    }

    synchronized void lacks(Range range) {
        behind.add(range);
    }

    synchronized void copied(Range range) {
        behind.remove(range);
    }

    /** The volume does not give these bytes; so they are not tried again. */
    synchronized void unreadable(Range range) {
        if (behind.remove(range)) {
            unreadable.add(range);
        }
    }

    /** The same bytes in smaller pieces. */
    synchronized void split(Range range, int most) {
        if (behind.remove(range)) {
            behind.addAll(range.split(most));
        }
    }

    synchronized void dropped(long segment) {
        unchecked.remove(segment);
        longer.remove(segment);
        behind.removeIf(range -> range.segment() == segment);
        unreadable.removeIf(range -> range.segment() == segment);
    }

    /** Whether the copy has all of these bytes, for certain. */
    synchronized boolean holds(Range range) {
        return opened
                && !unchecked.contains(range.segment())
                && behind.stream().noneMatch(range::meets)
                && unreadable.stream().noneMatch(range::meets);
    }

    /** Whether segments up to this one were compared. */
    synchronized boolean knows(long segment) {
        return opened && unchecked.headSet(segment, true).isEmpty();
    }

    /** Whether the copy has more of a segment than the log. */
    synchronized boolean isLonger(long segment) {
        return longer.contains(segment);
    }

    synchronized Optional<Range> nextBehind() {
        return behind.stream().findFirst();
    }

    synchronized OptionalLong nextUnchecked() {
        return unchecked.isEmpty() ? OptionalLong.empty() : OptionalLong.of(unchecked.last());
    }

    synchronized boolean complete() {
        return opened && unchecked.isEmpty() && behind.isEmpty();
    }

    synchronized long bytesBehind() {
        List<Range> all = new ArrayList<>(behind);
        all.addAll(unreadable);
        return all.stream().mapToLong(Range::bytes).sum();
    }

    synchronized int uncheckedSegments() {
        return unchecked.size();
    }
}
