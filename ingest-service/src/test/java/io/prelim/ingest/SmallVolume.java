package io.prelim.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The service under test with its store on a tmpfs of {@value #MIB} MiB, where this machine lets tests mount one. */
public final class SmallVolume extends ServiceUnderTest {
    public static final int MIB = 48;

    private static volatile Path mounted;

    /** Null when there is none. */
    public static Path mounted() {
        return mounted;
    }

    @Override
    public Map<String, String> start() {
        Map<String, String> config = new HashMap<>(super.start());
        try {
            Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "small-");
            if (ran("mount", "-t", "tmpfs", "-o", "size=" + MIB + "m", "tmpfs", folder.toString())) {
                mounted = folder;
                config.put("prelim.store.directory", folder.toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        config.put("prelim.store.min-free", "4M");
        // they are given back when space is short, so that the volume would be full only later
        config.put("prelim.store.spare-segments", "0");
        return config;
    }

    @Override
    public void stop() {
        Path folder = mounted;
        mounted = null;
        if (folder != null) {
            ran("umount", "-l", folder.toString());
        }
        super.stop();
    }

    private static boolean ran(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // no such program here
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
