package io.prelim.store.copy;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Writes down what it is told, but the puts and failures, of which there may be any number. */
final class RecordingWatch implements CopyWatch {
    final Queue<String> told = new ConcurrentLinkedQueue<>();

    @Override
    public void opened(UUID id) {
        told.add("opened");
    }

    @Override
    public void besideOthers(UUID id, List<String> others) {
        told.add("beside " + others);
    }

    @Override
    public void put(long bytes, Duration took) {}

    @Override
    public void failed(String reason) {}

    @Override
    public void away(String reason) {
        told.add("away " + reason);
    }

    @Override
    public void back() {
        told.add("back");
    }

    @Override
    public void behind(long segment, long bytes) {
        told.add("behind " + segment + " " + bytes);
    }

    @Override
    public void caughtUp() {
        told.add("caught up");
    }

    @Override
    public void unreadable(long segment, long from, long to, String reason) {
        told.add("unreadable " + segment + " " + from + " " + to);
    }

    @Override
    public void deleted(long segment) {
        told.add("deleted " + segment);
    }
}
