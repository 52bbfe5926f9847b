package io.prelim.chaos.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Which crash points are armed, and how often each may still be passed. Called by woven code, in whatever thread gets there. */
public final class Reached {
    /** The exit code of a process that died at its point. */
    public static final int EXIT_CODE = 86;

    private static final long LOOK_MILLIS = 20;

    private static final Map<String, Armed> ARMED = new ConcurrentHashMap<>();

    /** @param order the line that armed it: the same line again does not begin anew */
    private record Armed(String order, AtomicInteger left) {}

    private Reached() {}

    /** A point is passed: the process dies here when it is armed, and passed for the last time. */
    public static void at(String point) {
        Armed armed = ARMED.get(point);
        if (armed != null && armed.left().decrementAndGet() <= 0) {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }

    /** Follows a file: each line {@code point passes} arms a point, which is disarmed when the line is gone. */
    static void follow(Path orders) {
        Thread thread = new Thread(() -> look(orders), "chaos-orders");
        thread.setDaemon(true);
        thread.start();
    }

    private static void look(Path orders) {
        try {
            while (true) {
                take(orders);
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void take(Path orders) {
        Map<String, String> lines;
        try (var read = Files.lines(orders)) {
            lines = read.filter(line -> line.indexOf(' ') > 0)
                    .collect(Collectors.toMap(line -> line.substring(0, line.indexOf(' ')), line -> line));
        } catch (IOException e) {
            return; // it is not there yet
        }
        ARMED.keySet().retainAll(lines.keySet());
        lines.forEach((point, line) -> ARMED.compute(
                point,
                (key, now) -> now != null && now.order().equals(line)
                        ? now
                        : new Armed(
                                line, new AtomicInteger(Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1))))));
    }
}
