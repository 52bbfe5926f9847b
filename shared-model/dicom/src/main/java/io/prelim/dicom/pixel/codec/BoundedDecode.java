package io.prelim.dicom.pixel.codec;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.pixel.PixelRefusal;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs decoders that are not ours on threads that can be given up. Java cannot end a thread: one that neither ends nor reads stays,
 * and when there are too many of those, nothing more is decoded by such decoders until one ends.
 */
final class BoundedDecode {
    private static final int MOST_GIVEN_UP = 8;
    private static final int STACK = 1 << 20;
    private static final AtomicInteger GIVEN_UP = new AtomicInteger();

    /** What a decoder does with the code stream. */
    interface Work<T> {
        T decode(GivenUpStream stream) throws IOException;
    }

    private BoundedDecode() {}

    /**
     * What the work gives, where it is ready by the deadline: whether a late frame is refused does not hang on which thread ran first.
     *
     * @throws MalformedInput of kind LIMIT when it does not end in time or memory, STRUCTURE when it fails
     */
    static <T> T run(byte[] codeStream, Duration deadline, Work<T> work) throws MalformedInput {
        if (GIVEN_UP.get() >= MOST_GIVEN_UP) {
            throw PixelRefusal.limit("decoders that do not end", GIVEN_UP.get());
        }
        GivenUpStream stream = new GivenUpStream(codeStream);
        FutureTask<T> task = new FutureTask<>(() -> work.decode(stream));
        Thread thread = new Thread(null, task, "frame-decoder", STACK);
        thread.setDaemon(true);
        long start = System.nanoTime();
        thread.start();
        try {
            T decoded = task.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            if (Duration.ofNanos(System.nanoTime() - start).compareTo(deadline) > 0) {
                throw late(deadline);
            }
            return decoded;
        } catch (ExecutionException e) {
            throw refusal(e.getCause());
        } catch (TimeoutException e) {
            giveUp(stream, thread);
            throw late(deadline);
        } catch (InterruptedException e) {
            giveUp(stream, thread);
            Thread.currentThread().interrupt();
            throw PixelRefusal.limit("decoding was interrupted", -1);
        }
    }

    private static MalformedInput late(Duration deadline) {
        return PixelRefusal.limit("decoding takes longer than allowed, in ms", deadline.toMillis());
    }

    private static MalformedInput refusal(Throwable cause) {
        if (cause instanceof MalformedInput refused) {
            return refused;
        }
        if (cause instanceof LinkageError broken) {
            throw broken;
        }
        MalformedInput refused = cause instanceof OutOfMemoryError
                ? PixelRefusal.limit("no memory to decode a frame in", -1)
                : PixelRefusal.structure("code stream that its decoder refuses", 0, -1);
        refused.initCause(cause);
        return refused;
    }

    private static void giveUp(GivenUpStream stream, Thread thread) {
        stream.giveUp();
        GIVEN_UP.incrementAndGet();
        Thread waiting = new Thread(
                () -> {
                    try {
                        thread.join();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    GIVEN_UP.decrementAndGet();
                },
                "frame-decoder-given-up");
        waiting.setDaemon(true);
        waiting.start();
    }
}
