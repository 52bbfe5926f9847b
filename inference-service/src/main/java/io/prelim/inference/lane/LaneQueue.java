package io.prelim.inference.lane;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * Jobs that wait for a thread, by lane. {@link #put} never blocks, so that the poll thread never does: the caller stops fetching a lane
 * that {@link #isFull}; it can thus exceed its capacity by one poll at most.
 */
public final class LaneQueue<T> {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Lane, Deque<Waiting<T>>> lanes = new EnumMap<>(Lane.class);
    private final int capacity;
    private final InstantSource clock;
    private LaneCredits credits;
    private boolean closed;

    /** @param capacity jobs a lane, 1 or more */
    public LaneQueue(int capacity, LaneCredits credits, InstantSource clock) {
        this.capacity = capacity;
        this.credits = credits;
        this.clock = clock;
        for (Lane lane : Lane.values()) {
            lanes.put(lane, new ArrayDeque<>());
        }
    }

    /** @param since when the job was asked for; its age counts from there, not from when it came into this queue */
    public void put(Lane lane, T item, Instant since) {
        locked(() -> {
            lanes.get(lane).addLast(new Waiting<>(item, since));
            changed.signal();
            return null;
        });
    }

    /** The next job, waiting for one; empty once the queue is closed, whatever still waits in it. */
    public Optional<T> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed) {
                Optional<Lane> lane = turn();
                if (lane.isPresent()) {
                    Lane other = lane.get() == Lane.STAT ? Lane.ROUTINE : Lane.STAT;
                    credits = credits.taken(lane.get(), !lanes.get(other).isEmpty());
                    return Optional.of(lanes.get(lane.get()).removeFirst().item());
                }
                changed.await();
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    public boolean isFull(Lane lane) {
        return size(lane) >= capacity;
    }

    /** Half empty again: time to fetch more. */
    public boolean hasRoom(Lane lane) {
        return size(lane) <= capacity / 2;
    }

    public int size(Lane lane) {
        return locked(() -> lanes.get(lane).size());
    }

    /** Drops jobs that are no longer ours to do. */
    public void removeIf(Predicate<T> gone) {
        locked(() -> {
            lanes.values().forEach(lane -> lane.removeIf(waiting -> gone.test(waiting.item())));
            return null;
        });
    }

    /** No job is handed out any more. */
    public void close() {
        locked(() -> {
            closed = true;
            changed.signalAll();
            return null;
        });
    }

    private Optional<Lane> turn() {
        Waiting<T> routine = lanes.get(Lane.ROUTINE).peekFirst();
        boolean stat = !lanes.get(Lane.STAT).isEmpty();
        if (routine == null) {
            return stat ? Optional.of(Lane.STAT) : Optional.empty();
        }
        return Optional.of(stat ? credits.next(Duration.between(routine.since(), clock.instant())) : Lane.ROUTINE);
    }

    private <R> R locked(java.util.function.Supplier<R> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    private record Waiting<T>(T item, Instant since) {}
}
