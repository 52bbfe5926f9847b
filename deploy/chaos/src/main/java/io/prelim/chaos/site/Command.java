package io.prelim.chaos.site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A program of the machine, run to its end. */
final class Command {
    private static final long LIMIT_SECONDS = 60;

    private Command() {}

    /**
     * @return what it said
     * @throws IOException when it cannot be run, fails, or takes over a minute; says what it said
     */
    static String run(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(words[0] + " did not end");
        }
        if (process.exitValue() != 0) {
            throw new IOException(words[0] + " failed: " + said);
        }
        return said;
    }
}
