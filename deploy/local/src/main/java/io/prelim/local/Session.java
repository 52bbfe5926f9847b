package io.prelim.local;

import io.prelim.local.stack.Stack;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What a run has started, and its one end: by the main thread when the work is done, or by the shutdown hook when a signal comes,
 * whichever is first. The other waits.
 */
final class Session {
    private static final Duration GRACE = Duration.ofSeconds(35);

    private enum State {
        RUNNING,
        ENDING,
        ENDED
    }

    private final PrintStream out;
    private volatile Stack stack;
    private volatile WorkFolder folder;
    private volatile Integer codeWhenStopped;
    private State state = State.RUNNING;

    Session(PrintStream out) {
        this.out = out;
    }

    void folder(WorkFolder opened) {
        folder = opened;
    }

    void stack(Stack created) {
        stack = created;
    }

    /** The work is done, and the run goes on until a signal: which is then no failure, but ends with this exit code. */
    void staying(int exitCode) {
        codeWhenStopped = exitCode;
    }

    /** To be called by the main thread. Returns false when a signal was first: then the process is ending already. */
    boolean end() {
        if (!begin()) {
            return false;
        }
        finish();
        return true;
    }

    /** To be called by the shutdown hook. */
    void endBySignal(Thread main) {
        if (begin()) {
            out.println("Stopping.");
            // what it is starting right now it will not go on with
            main.interrupt();
            joined(main);
            finish();
            if (codeWhenStopped != null) {
                Runtime.getRuntime().halt(codeWhenStopped);
            }
        } else {
            awaitEnd();
        }
    }

    private synchronized boolean begin() {
        if (state != State.RUNNING) {
            return false;
        }
        state = State.ENDING;
        return true;
    }

    private void finish() {
        try {
            if (stack != null) {
                stack.close();
            }
            endChildren();
            if (folder != null) {
                folder.close();
            }
        } catch (IOException e) {
            out.println("The folder " + folder.path() + " could not be removed: " + e.getMessage());
        } finally {
            synchronized (this) {
                state = State.ENDED;
                notifyAll();
            }
        }
    }

    private synchronized void awaitEnd() {
        try {
            while (state != State.ENDED) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void joined(Thread main) {
        try {
            main.join(3_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Broker and database, however far they came: asked to end, waited for, killed past their time. */
    private static void endChildren() {
        List<ProcessHandle> children = ProcessHandle.current().children().toList();
        children.forEach(ProcessHandle::destroy);
        for (ProcessHandle child : children) {
            try {
                child.onExit().get(GRACE.toSeconds(), TimeUnit.SECONDS);
            } catch (TimeoutException | ExecutionException e) {
                child.destroyForcibly();
            } catch (InterruptedException e) {
                child.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
