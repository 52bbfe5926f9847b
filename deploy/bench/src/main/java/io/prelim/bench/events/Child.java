package io.prelim.bench.events;

import io.prelim.bench.process.ProcessFigures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of this class path, with the Java options that every subject has. It ends with this one: its standard input does. */
final class Child implements AutoCloseable {
    static final List<String> JVM = List.of("-Xmx512m", "-XX:+UseSerialGC");

    private final Process process;

    private Child(Process process) {
        this.process = process;
    }

    static Child start(Class<?> main, Path log, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return new Child(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start());
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** For a child: returns when its parent is gone, or wants it to end. */
    static void awaitEndOfInput() throws IOException {
        while (System.in.read() >= 0) {
            // nothing is said to it
        }
    }

    /** User and system time of a process and those below it, in seconds. */
    static double cpu(ProcessHandle process) {
        return ProcessFigures.of(process).cpuSeconds();
    }

    /** SIGSTOP and SIGCONT: what is sent meanwhile waits with the broker. */
    static void signal(ProcessHandle process, String signal) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException("process " + process.pid() + " could not be sent " + signal);
        }
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
