package io.prelim.local.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The studies and how far each is. On a terminal one line a study is kept up to date; elsewhere a line is added for each step, so
 * that a log file reads well. For one thread.
 */
public final class Board {
    private static final int UID_LENGTH = 24;
    /** A study's first image may come in while its others are still being sent. */
    private static final Duration EARLIER = Duration.ofSeconds(-2);

    private final PrintStream out;
    private final boolean terminal;
    private final List<String> lines = new ArrayList<>();
    private int drawn;

    public Board(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Adds a study; its number, from 1, is given back. */
    public int add(String studyInstanceUid, String what) {
        String line =
                String.format(Locale.ROOT, "  study %d  %s  %s", lines.size() + 1, shortened(studyInstanceUid), what);
        lines.add(line);
        if (terminal) {
            redraw();
        } else {
            out.println(line);
        }
        return lines.size();
    }

    /** A study took a step, so long after it was sent; a negative time says that it had taken the step before. */
    public void step(int study, String words, Duration after) {
        String step = after.compareTo(EARLIER) < 0
                ? words + " before"
                : String.format(Locale.ROOT, "%s %.1f s", words, Math.max(0, after.toMillis()) / 1000.0);
        if (terminal) {
            lines.set(study - 1, lines.get(study - 1) + " > " + step);
            redraw();
        } else {
            out.println("  study " + study + "  " + step);
        }
    }

    /** Something to say between the steps. */
    public void note(String text) {
        erase();
        out.println(text);
        if (terminal) {
            redraw();
        }
    }

    private void erase() {
        if (drawn > 0) {
            out.print("\033[" + drawn + "A\033[J");
            drawn = 0;
        }
    }

    private void redraw() {
        erase();
        lines.forEach(out::println);
        out.flush();
        drawn = lines.size();
    }

    /** Enough of a UID to tell studies apart on one line. */
    private static String shortened(String uid) {
        return uid.length() <= UID_LENGTH
                ? uid + " ".repeat(UID_LENGTH - uid.length())
                : uid.substring(0, 11) + ".." + uid.substring(uid.length() - 11);
    }
}
