package io.prelim.local.stack;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Main class of a service's process: runs the service, and ends it when the process that asked for it is gone, so that a killed
 * runner leaves nothing behind.
 */
public final class Watched {
    /** Where the fast-jar of Quarkus begins; it is on the class path, not known to the compiler. */
    private static final String ENTRY = "io.quarkus.bootstrap.runner.QuarkusEntryPoint";

    private static final long GRACE_SECONDS = 20;

    private Watched() {}

    /** @param args the process id to watch, then the service's own arguments */
    public static void main(String[] args) throws Throwable {
        Optional<ProcessHandle> parent = ProcessHandle.of(Long.parseLong(args[0]));
        if (parent.isEmpty()) {
            return;
        }
        var unused = parent.get().onExit().thenRun(Watched::end);
        try {
            Class.forName(ENTRY).getMethod("main", String[].class).invoke(null, (Object)
                    Arrays.copyOfRange(args, 1, args.length));
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** A service that cannot end in order, because what it waits for ended with the runner, ends all the same. */
    private static void end() {
        CompletableFuture.delayedExecutor(GRACE_SECONDS, TimeUnit.SECONDS)
                .execute(() -> Runtime.getRuntime().halt(1));
        System.exit(1);
    }
}
