package io.prelim.local;

import io.prelim.local.stack.Port;
import io.prelim.local.stack.Ports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The runner as a user starts it, on ports of its own. Every process below it carries a mark by which it can be found. */
final class RunnerProcess implements AutoCloseable {
    private static final String MARK = "PRELIM_TEST_MARK";

    private final Process process;
    private final Path output;
    private final String mark;

    private RunnerProcess(Process process, Path output, String mark) {
        this.process = process;
        this.output = output;
        this.mark = mark;
    }

    static RunnerProcess start(Path folder, Ports ports, String... arguments) throws IOException {
        Path output = Files.createTempFile(folder, "runner-", ".out");
        String mark = UUID.randomUUID().toString();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + folder,
                "-Dprelim.root=" + LiveStack.ROOT,
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                "-jar",
                LiveStack.ROOT.resolve("deploy/local/target/prelim-local.jar").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        for (Port port : Port.values()) {
            builder.environment().put(port.variable(), Integer.toString(ports.of(port)));
        }
        builder.environment().put(MARK, mark);
        return new RunnerProcess(builder.start(), output, mark);
    }

    /** The exit code, within two minutes. */
    int await() throws InterruptedException {
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            throw new AssertionError("the runner did not end within 120 s; it said:\n" + said());
        }
        return process.exitValue();
    }

    /** What it has written so far. */
    String said() {
        try {
            return Files.readString(output, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** Process ids that came of this run and live, its own and those that have left its tree too. */
    List<String> alive() throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(entry -> entry.getFileName().toString().matches("[0-9]+"))
                    .filter(this::marked)
                    .map(entry -> entry.getFileName().toString())
                    .toList();
        }
    }

    private boolean marked(Path entry) {
        try {
            String environment = Files.readString(entry.resolve("environ"), StandardCharsets.ISO_8859_1);
            return environment.contains(MARK + "=" + mark);
        } catch (IOException e) {
            // it has ended, or it is not ours to read
            return false;
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
