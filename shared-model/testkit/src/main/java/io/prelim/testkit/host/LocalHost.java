package io.prelim.testkit.host;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import sun.misc.Signal;

/**
 * Main class of the child process: broker and database side by side, or one of them, until SIGTERM, or until the watched process ends.
 *
 * <p>Options, each as {@code name=value}: {@code directory} (data), {@code kafka}, {@code controller} and {@code postgres} (ports; no
 * broker without {@code kafka}, no database without {@code postgres}),
 * {@code durable} (true or false), {@code watch} (process id), {@code ready} (a file written once both answer: the word
 * {@code ready}, or {@code failed:} and why).
 */
public final class LocalHost {
    private LocalHost() {}

    public static void main(String[] args) throws Exception {
        Map<String, String> options = options(args);
        Path directory = Path.of(options.get("directory"));
        Path ready = Path.of(options.get("ready"));
        CountDownLatch stop = new CountDownLatch(1);
        Optional<ProcessHandle> watched = ProcessHandle.of(Long.parseLong(options.get("watch")));
        if (watched.isEmpty()) {
            return;
        }
        var unused = watched.get().onExit().thenRun(stop::countDown);

        // not by a shutdown hook: while the JVM shuts down the embedded database cannot register its own, and would be
        // left behind
        for (String name : List.of("TERM", "INT", "HUP")) {
            Signal.handle(new Signal(name), signal -> stop.countDown());
        }

        var database = options.containsKey("postgres")
                ? CompletableFuture.supplyAsync(() -> startDatabase(directory, options))
                : CompletableFuture.<LocalDatabase>completedFuture(null);
        LocalBroker broker = null;
        try {
            if (options.containsKey("kafka")) {
                broker = LocalBroker.start(
                        directory.resolve("kafka"),
                        Integer.parseInt(options.get("kafka")),
                        Integer.parseInt(options.get("controller")));
            }
            database.join();
        } catch (IOException | RuntimeException e) {
            Throwable cause = e instanceof CompletionException ? e.getCause() : e;
            cause.printStackTrace();
            write(ready, "failed: " + cause.getMessage());
            stop.countDown();
        }
        if (stop.getCount() > 0) {
            write(ready, "ready");
        }
        stop.await();
        closeAll(broker, database);
        // the embedded database's own hooks and non-daemon threads must not keep the process
        Runtime.getRuntime().halt(0);
    }

    private static void closeAll(LocalBroker broker, CompletableFuture<LocalDatabase> database) {
        try {
            if (broker != null) {
                broker.close();
            }
        } finally {
            try {
                LocalDatabase started = database.join();
                if (started != null) {
                    started.close();
                }
            } catch (CompletionException | IOException e) {
                e.printStackTrace();
            }
        }
    }

    private static LocalDatabase startDatabase(Path directory, Map<String, String> options) {
        try {
            return LocalDatabase.start(
                    directory.resolve("postgresql"),
                    Integer.parseInt(options.get("postgres")),
                    Boolean.parseBoolean(options.get("durable")));
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private static void write(Path file, String text) throws IOException {
        Path draft = Files.writeString(file.resolveSibling(file.getFileName() + ".draft"), text);
        try {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(draft, file);
        }
    }

    private static Map<String, String> options(String[] args) {
        Map<String, String> options = new HashMap<>();
        for (String arg : args) {
            int at = arg.indexOf('=');
            options.put(arg.substring(0, at), arg.substring(at + 1));
        }
        return options;
    }
}
