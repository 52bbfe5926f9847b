package io.prelim.chaos.follow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads the report service's event stream, and resumes it after the last event it has, whenever it breaks. */
public final class StreamFollower implements AutoCloseable {
    private static final long PAUSE_MILLIS = 200;
    private static final long STOP_MILLIS = 5_000;
    private static final String ID = "id:";
    private static final String EVENT = "event:";
    private static final String CHANGE = "report-changed";

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final URI stream;
    private final List<Long> positions = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "stream-follower");
    private volatile boolean closed;

    // of the event that is being read, by the follower's thread alone
    private String id;
    private String event;

    private StreamFollower(URI report) {
        this.stream = report.resolve("/api/reports/stream");
    }

    /** @param report the report service */
    public static StreamFollower start(URI report) {
        StreamFollower follower = new StreamFollower(report);
        follower.thread.setDaemon(true);
        follower.thread.start();
        return follower;
    }

    /** Ids of the events, in the order they came. */
    public List<Long> positions() {
        synchronized (positions) {
            return List.copyOf(positions);
        }
    }

    private void run() {
        while (!closed) {
            try {
                HttpResponse<Stream<String>> response = http.send(request(), HttpResponse.BodyHandlers.ofLines());
                try (Stream<String> lines = response.body()) {
                    lines.forEach(this::take);
                }
            } catch (IOException | UncheckedIOException e) {
                // resumed
            } catch (InterruptedException e) {
                return;
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private HttpRequest request() {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(stream).timeout(Duration.ofSeconds(5)).header("Accept", "text/event-stream");
        synchronized (positions) {
            long last = positions.isEmpty() ? 0 : positions.get(positions.size() - 1);
            request.header("Last-Event-ID", Long.toString(last));
        }
        return request.build();
    }

    /** An event ends with an empty line. A reset tells of no change: what it skips shows by its absence. */
    private void take(String line) {
        if (line.startsWith(ID)) {
            id = line.substring(ID.length()).strip();
        } else if (line.startsWith(EVENT)) {
            event = line.substring(EVENT.length()).strip();
        } else if (line.isEmpty()) {
            if (CHANGE.equals(event)) {
                synchronized (positions) {
                    positions.add(Long.parseLong(id));
                }
            }
            event = null;
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.interrupt();
        thread.join(STOP_MILLIS);
    }
}
