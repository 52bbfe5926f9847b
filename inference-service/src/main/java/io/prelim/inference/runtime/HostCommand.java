package io.prelim.inference.runtime;

import io.prelim.inference.runtime.host.ModelHost;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a model's process is started. */
final class HostCommand {
    /** The limit on private writable memory; it holds for what the shell becomes. One that is lower already stays. */
    private static final String LIMITED = "ulimit -d \"$0\" 2>/dev/null; exec /usr/bin/env -i \"$@\"";

    private HostCommand() {}

    /** @param memory bytes the process may have, which Linux enforces; 0 for no limit */
    static ProcessBuilder of(HostFiles files, long memory) {
        List<String> words = new ArrayList<>();
        if (memory > 0 && System.getProperty("os.name").startsWith("Linux")) {
            words.addAll(List.of("/bin/sh", "-c", LIMITED, Long.toString(memory >> 10)));
        }
        words.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:MaxDirectMemorySize=4g",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+DisplayVMOutputToStderr",
                "-XX:-UsePerfData",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=/dev/null",
                "-Donnxruntime.native.path=" + files.folder(),
                "-cp",
                files.classPath(),
                ModelHost.class.getName()));
        ProcessBuilder command = new ProcessBuilder(words);
        // no secret of the worker's is the model's to read
        command.environment().clear();
        command.directory(files.folder().toFile());
        return command;
    }
}
