package io.prelim.chaos;

import io.prelim.chaos.site.Ground;
import io.prelim.local.stack.Folders;
import io.prelim.local.stack.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * {@code deploy/chaos/run}. Exit code 0 when every invariant holds, 1 when one does not, 2 when it could not run or no fault
 * happened.
 */
public final class Main {
    private Main() {}

    public static void main(String[] args) throws InterruptedException {
        try {
            Options options = Options.parse(ThreadLocalRandom.current().nextInt(1, 1_000_000), args);
            if (options.help()) {
                try (InputStream help = Main.class.getResourceAsStream("help.txt")) {
                    System.out.print(new String(help.readAllBytes(), StandardCharsets.UTF_8));
                }
                return;
            }
            System.exit(run(options));
        } catch (Refusal e) {
            System.err.println("deploy/chaos/run: " + e.getMessage());
            System.exit(2);
        } catch (IOException | SQLException e) {
            System.err.println("deploy/chaos/run: " + e.getMessage());
            System.exit(2);
        }
    }

    private static int run(Options options) throws IOException, InterruptedException, SQLException {
        Path root =
                Path.of(System.getProperty("prelim.root", ".")).toAbsolutePath().normalize();
        Path folder = Files.createTempDirectory("prelim-chaos-");
        boolean well = false;
        try (Ground ground = Ground.prepare(root, folder)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> giveUp(ground)));
            Verdict verdict = new Run(options, System.out).run(ground);
            Summary.print(verdict, System.out);
            well = verdict.violations().isEmpty();
            if (well && verdict.happened("") == 0) {
                System.err.println("deploy/chaos/run: no fault happened, so nothing was shown; give it more --rounds");
                return 2;
            }
            return well ? 0 : 1;
        } finally {
            if (well && !options.keep()) {
                Folders.delete(folder);
            } else {
                System.out.println("journal and logs: " + folder);
            }
        }
    }

    /** A signal came: no process and no mount is left behind. */
    private static void giveUp(Ground ground) {
        try {
            ground.close();
        } catch (IOException e) {
            System.err.println("deploy/chaos/run: " + e.getMessage());
        }
    }
}
