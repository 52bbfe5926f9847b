package io.prelim.chaos.site;

import io.prelim.chaos.check.Evidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Asks the kernel and the virtual machine what a Java process holds. */
final class Footprints {
    private static final Pattern THREADS = Pattern.compile("(?m)^Threads:\\s+(\\d+)$");
    /** The two generations of the serial collector; metaspace is not among them. */
    private static final Pattern GENERATION = Pattern.compile("(?:def new|tenured) generation\\s.*? used (\\d+)K");

    private Footprints() {}

    /** @throws IOException when the process is gone, or this Java has no {@code jcmd} */
    static Evidence.Footprint of(String service, long pid) throws IOException, InterruptedException {
        Path process = Path.of("/proc", Long.toString(pid));
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Command.run(jcmd, Long.toString(pid), "GC.run");
        String heap = Command.run(jcmd, Long.toString(pid), "GC.heap_info");
        long kibibytes = 0;
        for (Matcher used = GENERATION.matcher(heap); used.find(); ) {
            kibibytes += Long.parseLong(used.group(1));
        }
        Matcher threads = THREADS.matcher(Files.readString(process.resolve("status")));
        if (kibibytes == 0 || !threads.find()) {
            throw new IOException("what " + service + " holds could not be read: " + heap);
        }
        try (Stream<Path> handles = Files.list(process.resolve("fd"))) {
            return new Evidence.Footprint(
                    service, Integer.parseInt(threads.group(1)), (int) handles.count(), (int) (kibibytes >> 10));
        }
    }
}
