package io.prelim.local.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The three services as processes, each started, stopped and killed alone. Safe to close from another thread at any moment: what is
 * running ends, and nothing more is started.
 */
public final class Stack implements AutoCloseable {
    private final StackSettings settings;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Map<Part, ServiceProcess> running = new EnumMap<>(Part.class);
    private boolean closed;

    public Stack(StackSettings settings) {
        this.settings = settings;
    }

    public StackSettings settings() {
        return settings;
    }

    /** Starts all parts side by side and waits until each is ready. */
    public void start() throws IOException, InterruptedException {
        for (Part part : Part.values()) {
            begin(part);
        }
        for (Part part : Part.values()) {
            awaitReady(part);
        }
    }

    /** Starts one part and waits until it is ready. */
    public void start(Part part) throws IOException, InterruptedException {
        begin(part);
        awaitReady(part);
    }

    /** Starts the process of a part that is not running, without waiting. */
    public synchronized void begin(Part part) throws IOException {
        if (closed) {
            throw new IOException("the stack is closed");
        }
        if (running(part).isPresent()) {
            throw new IllegalStateException(part.label() + " is running already");
        }
        running.put(part, ServiceProcess.start(part, settings));
    }

    public void awaitReady(Part part) throws IOException, InterruptedException {
        ServiceProcess process = running(part).orElseThrow(() -> new IOException(part.label() + " is not running"));
        process.awaitReady(http);
    }

    /** SIGTERM, then SIGKILL after 15 s; does nothing when it does not run. */
    public void stop(Part part) {
        running(part).ifPresent(process -> {
            process.terminate();
            process.awaitEnd();
        });
    }

    /** SIGKILL. */
    public void kill(Part part) throws InterruptedException {
        Optional<ServiceProcess> process = running(part);
        if (process.isPresent()) {
            process.get().kill();
        }
    }

    /**
     * Waits until a part has ended by itself.
     *
     * @return its exit code; empty when it goes on, or was never started
     */
    public Optional<Integer> awaitExit(Part part, Duration limit) throws InterruptedException {
        ServiceProcess service;
        synchronized (this) {
            service = running.get(part);
        }
        return service != null && service.process().waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)
                ? Optional.of(service.process().exitValue())
                : Optional.empty();
    }

    /** The part's process while it runs. */
    public Optional<ProcessHandle> process(Part part) {
        return running(part).map(service -> service.process().toHandle());
    }

    /** @throws StartFailure naming a part that was started and has ended by itself */
    public synchronized void requireAlive() throws StartFailure {
        for (Map.Entry<Part, ServiceProcess> entry : running.entrySet()) {
            Process process = entry.getValue().process();
            if (!process.isAlive()) {
                throw new StartFailure(
                        entry.getKey().label() + " ended with code " + process.exitValue(), log(entry.getKey()));
            }
        }
    }

    public URI url(Part part) {
        return URI.create("http://127.0.0.1:" + settings.ports().of(part.http()));
    }

    public int dicomPort() {
        return settings.ports().of(Port.DICOM);
    }

    /** The log file of a part. */
    public Path log(Part part) {
        return ServiceProcess.log(part, settings);
    }

    /** Ends every part: all are asked at once, then each is waited for. */
    @Override
    public void close() {
        List<ServiceProcess> ending;
        synchronized (this) {
            closed = true;
            ending = new ArrayList<>(running.values());
            running.clear();
        }
        ending.forEach(ServiceProcess::terminate);
        ending.forEach(ServiceProcess::awaitEnd);
    }

    private synchronized Optional<ServiceProcess> running(Part part) {
        return Optional.ofNullable(running.get(part))
                .filter(service -> service.process().isAlive());
    }
}
