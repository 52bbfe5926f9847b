package io.prelim.local;

import io.prelim.local.stack.LogTail;
import io.prelim.local.stack.Refusal;
import io.prelim.local.stack.StartFailure;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The local runner's command line; see {@code help.txt}. */
public final class Main {
    /** Could not run at all. */
    private static final int REFUSED = 2;

    private static final int LOG_LINES = 15;

    private Main() {}

    public static void main(String[] args) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        Session session = new Session(out);
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> session.endBySignal(main), "stop"));
        int code = run(args, session, out, err);
        if (session.end()) {
            System.exit(code);
        }
    }

    private static int run(String[] args, Session session, PrintStream out, PrintStream err) {
        try {
            Options options = Options.parse(args);
            if (options.help()) {
                out.print(help());
                return 0;
            }
            Path root = Path.of(System.getProperty("prelim.root", ""));
            boolean terminal = Boolean.getBoolean("prelim.terminal");
            return new Run(options, System.getenv(), root, terminal, session, out, err).run();
        } catch (Refusal e) {
            err.println("deploy/local/run: " + e.getMessage());
            return REFUSED;
        } catch (StartFailure e) {
            err.println("deploy/local/run: " + e.getMessage() + "; the end of its log " + e.log() + ":");
            LogTail.of(e.log(), LOG_LINES).forEach(line -> err.println("  " + line));
            return REFUSED;
        } catch (IOException e) {
            err.println("deploy/local/run: " + e);
            return REFUSED;
        } catch (InterruptedException e) {
            // a signal: the shutdown hook has taken over
            Thread.currentThread().interrupt();
            return REFUSED;
        }
    }

    private static String help() throws IOException {
        try (InputStream in = Main.class.getResourceAsStream("help.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
