package io.prelim.report.web;

import io.prelim.report.render.ReportView;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Renderings that hold a PDF take memory and time: a few at once, and who waits long is told to come again. */
@Singleton
class Renderings {
    private static final int AT_ONCE = 4;
    private static final int WAIT_SECONDS = 5;

    private final Semaphore places = new Semaphore(AT_ONCE, true);

    /** @throws WebApplicationException 503 when there is no place in time */
    <T> T write(ReportView report, Function<ReportView, T> rendering) {
        enter();
        try {
            return rendering.apply(report);
        } finally {
            places.release();
        }
    }

    /** Reads something large; as {@link #write}. */
    <T> T place(Reading<T> reading) throws IOException {
        enter();
        try {
            return reading.read();
        } finally {
            places.release();
        }
    }

    private void enter() {
        boolean placed;
        try {
            placed = places.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            placed = false;
        }
        if (!placed) {
            throw new WebApplicationException(
                    Response.status(503).header("Retry-After", WAIT_SECONDS).build());
        }
    }

    /** Reads a file. */
    interface Reading<T> {
        T read() throws IOException;
    }
}
