package io.prelim.inference.prepare;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.MalformedInput.Kind;
import io.prelim.dicom.pixel.PixelLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** Runs what reads pixels, and says in an outcome's codes what it refuses. A refusal's message holds no value of the object. */
final class Decoding {
    /** What reads pixels that are in memory. */
    interface Work<T> {
        T run() throws IOException;
    }

    private Decoding() {}

    /**
     * @throws UnpreparedImage      {@code unreadable-pixels}, {@code unsupported-code-stream}, {@code decoding-limit} or {@code
     *     decoding-deadline}
     * @throws InterruptedException if the process must end
     */
    static <T> T run(PixelLimits limits, Work<T> work) throws UnpreparedImage, InterruptedException {
        long start = System.nanoTime();
        try {
            return work.run();
        } catch (MalformedInput e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while a frame was decoded");
            }
            Duration taken = Duration.ofNanos(System.nanoTime() - start);
            boolean late = e.kind() == Kind.LIMIT && taken.compareTo(limits.deadline()) >= 0;
            throw late
                    ? new UnpreparedImage(
                            "decoding-deadline",
                            "A frame was not decoded within "
                                    + limits.deadline().toMillis() + " ms.")
                    : new UnpreparedImage(code(e.kind()), "The pixels are refused: " + e.getMessage() + ".");
        } catch (IOException e) {
            throw new UncheckedIOException("of bytes in memory", e);
        }
    }

    private static String code(Kind kind) {
        return switch (kind) {
            case TRUNCATED, STRUCTURE -> "unreadable-pixels";
            case LIMIT -> "decoding-limit";
            case UNSUPPORTED -> "unsupported-code-stream";
        };
    }
}
