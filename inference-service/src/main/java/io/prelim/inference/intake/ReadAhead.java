package io.prelim.inference.intake;

import io.prelim.inference.lane.Lane;
import io.prelim.inference.lane.LaneCredits;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Studies read and not planned yet, stat before routine. What is told of one study stays in order: a record goes behind those of its
 * study that wait, and where it is stat, they go with it. {@link #add} never refuses: the caller stops reading once this
 * {@link #isFull}; it can thus exceed its bounds by one poll at most. For one thread.
 */
final class ReadAhead {
    private final Map<Lane, Map<String, Deque<Received>>> lanes = new EnumMap<>(Lane.class);
    private final int mostRecords;
    private final long mostBytes;
    private LaneCredits credits;
    private int records;
    private long bytes;

    /**
     * @param mostRecords 1 or more
     * @param mostBytes   of the records' values
     */
    ReadAhead(int mostRecords, long mostBytes, LaneCredits credits) {
        this.mostRecords = mostRecords;
        this.mostBytes = mostBytes;
        this.credits = credits;
        for (Lane lane : Lane.values()) {
            lanes.put(lane, new LinkedHashMap<>());
        }
    }

    void add(Received received) {
        String key = received.key();
        Map<String, Deque<Received>> stat = lanes.get(Lane.STAT);
        Map<String, Deque<Received>> routine = lanes.get(Lane.ROUTINE);
        if (received.stat() && routine.containsKey(key)) {
            stat.put(key, routine.remove(key));
        }
        boolean first = received.stat() || stat.containsKey(key);
        (first ? stat : routine)
                .computeIfAbsent(key, each -> new ArrayDeque<>())
                .addLast(received);
        records++;
        bytes += received.bytes();
    }

    /**
     * Takes those whose turn it is, in the order in which they are to be planned.
     *
     * @param routine false to leave the routine ones where they are
     */
    List<Received> take(int most, boolean routine) {
        List<Received> taken = new ArrayList<>();
        while (taken.size() < most && (!empty(Lane.STAT) || routine && !empty(Lane.ROUTINE))) {
            taken.add(next(routine));
        }
        return taken;
    }

    boolean isEmpty() {
        return records == 0;
    }

    boolean isFull() {
        return records >= mostRecords || bytes >= mostBytes;
    }

    /** Half empty again: time to read on. */
    boolean hasRoom() {
        return records <= mostRecords / 2 && bytes <= mostBytes / 2;
    }

    /** What came from these is no longer ours to plan. */
    void forget(Collection<TopicPartition> gone) {
        lanes.values()
                .forEach(lane -> lane.values().removeIf(waiting -> {
                    waiting.removeIf(each -> gone.contains(each.partition()) && left(each));
                    return waiting.isEmpty();
                }));
    }

    void clear() {
        lanes.values().forEach(Map::clear);
        records = 0;
        bytes = 0;
    }

    private boolean empty(Lane lane) {
        return lanes.get(lane).isEmpty();
    }

    private Received next(boolean routine) {
        boolean contended = routine && !empty(Lane.STAT) && !empty(Lane.ROUTINE);
        // planning takes no time in which a routine study could become too old
        Lane lane = contended ? credits.next(Duration.ZERO) : empty(Lane.STAT) ? Lane.ROUTINE : Lane.STAT;
        credits = credits.taken(lane, contended);
        Iterator<Deque<Received>> studies = lanes.get(lane).values().iterator();
        Deque<Received> first = studies.next();
        Received received = first.removeFirst();
        if (first.isEmpty()) {
            studies.remove();
        }
        left(received);
        return received;
    }

    private boolean left(Received received) {
        records--;
        bytes -= received.bytes();
        return true;
    }
}
