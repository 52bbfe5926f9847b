package io.prelim.dicom.pixel.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.MalformedInput.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Decoders that misbehave. */
class BoundedDecodeTest {
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void oneThatReadsWithoutEndIsGivenUpAndEnds() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);

        refused(Kind.LIMIT, SHORT, in -> {
            try {
                while (true) {
                    in.seek(0);
                    in.read();
                }
            } finally {
                ended.countDown();
            }
        });

        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void oneThatReadsOnAtTheEndIsRefused() {
        refused(Kind.STRUCTURE, LONG, in -> {
            while (true) {
                in.read();
            }
        });
        refused(Kind.STRUCTURE, LONG, in -> {
            while (true) {
                in.read(new byte[3], 0, 3);
            }
        });
    }

    @Test
    void oneThatReadsNothingIsGivenUp() {
        CountDownLatch never = new CountDownLatch(1);
        try {
            refused(Kind.LIMIT, SHORT, in -> {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return null;
            });
        } finally {
            never.countDown();
        }
    }

    @Test
    void whateverItThrowsIsARefusal() {
        refused(Kind.STRUCTURE, LONG, in -> {
            throw new ArrayIndexOutOfBoundsException(7);
        });
        refused(Kind.STRUCTURE, LONG, in -> {
            throw new IOException("in the decoder");
        });
        refused(Kind.STRUCTURE, LONG, in -> {
            throw new StackOverflowError();
        });
        refused(Kind.LIMIT, LONG, in -> {
            throw new OutOfMemoryError();
        });
    }

    private static void refused(Kind kind, Duration deadline, BoundedDecode.Work<Object> work) {
        assertThatThrownBy(() -> BoundedDecode.run(new byte[4], deadline, work))
                .isInstanceOfSatisfying(
                        MalformedInput.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }
}
