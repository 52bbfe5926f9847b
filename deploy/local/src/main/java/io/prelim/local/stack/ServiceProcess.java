package io.prelim.local.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One running service. */
final class ServiceProcess {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

    private final Part part;
    private final Process process;
    private final URI health;
    private final Path log;

    private ServiceProcess(Part part, Process process, URI health, Path log) {
        this.part = part;
        this.process = process;
        this.health = health;
        this.log = log;
    }

    static ServiceProcess start(Part part, StackSettings settings) throws IOException {
        ServiceConfiguration configuration = ServiceConfiguration.of(part, settings);
        Path application = settings.root().resolve(part.application());
        if (!Files.exists(application)) {
            throw new IOException(part.label() + " is not built: there is no " + application);
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(settings.jvm());
        command.add("-cp");
        command.add(application + ":" + settings.root().resolve("deploy/local/target/classes"));
        configuration.properties().forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.add(Watched.class.getName());
        command.add(Long.toString(ProcessHandle.current().pid()));
        Path log = log(part, settings);
        Files.createDirectories(log.getParent());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(settings.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(configuration.environment());
        int port = settings.ports().of(part.http());
        return new ServiceProcess(
                part, builder.start(), URI.create("http://127.0.0.1:" + port + "/q/health/ready"), log);
    }

    static Path log(Part part, StackSettings settings) {
        return settings.directory().resolve("logs").resolve(part.label() + ".log");
    }

    Process process() {
        return process;
    }

    /** @throws StartFailure if it ends, or is not ready within 90 s */
    void awaitReady(HttpClient http) throws StartFailure, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(5)).build();
        long limit = System.nanoTime() + START_LIMIT.toNanos();
        while (!ready(http, request)) {
            if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
                throw new StartFailure(part.label() + " ended with code " + process.exitValue(), log);
            }
            if (System.nanoTime() > limit) {
                throw new StartFailure(part.label() + " was not ready within " + START_LIMIT.toSeconds() + " s", log);
            }
        }
    }

    private static boolean ready(HttpClient http, HttpRequest request) throws InterruptedException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Asks it to end, without waiting. */
    void terminate() {
        process.destroy();
    }

    /** Waits for its end, at most 15 s, then kills it. */
    void awaitEnd() {
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** SIGKILL, and waits until it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }
}
