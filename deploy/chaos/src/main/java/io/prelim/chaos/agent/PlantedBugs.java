package io.prelim.chaos.agent;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** What is woven in for each {@link Deed}. The nested classes' code is copied into the service's; what they call stays here. */
public final class PlantedBugs {
    private static final AtomicInteger ANSWERS = new AtomicInteger();
    private static final int EVERY = 7;
    private static final long LATE_MILLIS = 250;

    private PlantedBugs() {}

    /** An outcome that says "added", for whoever asked. */
    public static CompletableFuture<Object> added(Class<?> index) {
        return CompletableFuture.completedFuture(made(index, "io.prelim.ingest.index.IndexOutcome$Added"));
    }

    /** Keeps the writer of the index from being quick. */
    public static void dawdle() {
        try {
            Thread.sleep(LATE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The receipt, or now and then a refusal in its place. */
    public static Object soured(Object receipt) {
        if (!receipt.getClass().getName().endsWith("$Stored") || ANSWERS.incrementAndGet() % EVERY != 0) {
            return receipt;
        }
        ClassLoader loader = receipt.getClass().getClassLoader();
        try {
            Class<?> reasons = Class.forName("io.prelim.ingest.receive.Receipt$Reason", true, loader);
            Object malformed = reasons.getMethod("valueOf", String.class).invoke(null, "MALFORMED");
            return Class.forName("io.prelim.ingest.receive.Receipt$Refused", true, loader)
                    .getConstructor(reasons, String.class)
                    .newInstance(malformed, "planted");
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object made(Class<?> near, String name) {
        try {
            var constructor = Class.forName(name, true, near.getClassLoader()).getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    static final class SkipSync {
        private SkipSync() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean skip() {
            return true;
        }
    }

    static final class AcknowledgeEarly {
        private AcknowledgeEarly() {}

        @Advice.OnMethodExit
        static void answer(
                @Advice.Origin Class<?> index,
                @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object answer) {
            answer = added(index);
        }
    }

    /** Goes with {@link AcknowledgeEarly}: else the writer would be done before the answer is on its way. */
    static final class WriteLate {
        private WriteLate() {}

        @Advice.OnMethodEnter
        static void wait1() {
            dawdle();
        }
    }

    static final class RefuseStored {
        private RefuseStored() {}

        @Advice.OnMethodExit
        static void answer(@Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object answer) {
            answer = soured(answer);
        }
    }
}
