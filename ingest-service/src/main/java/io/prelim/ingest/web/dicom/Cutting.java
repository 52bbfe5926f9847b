package io.prelim.ingest.web.dicom;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * A body that fails on its way cuts its connection: what has begun as a success must not end as if it were whole. Where nothing was sent yet,
 * the failure is answered as any other.
 */
public final class Cutting {
    private static final int PATIENCE_SECONDS = 5;

    private Cutting() {}

    public static StreamingOutput of(RoutingContext routing, StreamingOutput body) {
        return out -> {
            try {
                body.write(out);
            } catch (IOException | RuntimeException e) {
                if (routing.response().headWritten()) {
                    cut(routing);
                }
                throw e;
            }
        };
    }

    /** Returns when it is closed, so that whoever handles the failure writes nothing more. */
    private static void cut(RoutingContext routing) {
        routing.request()
                .connection()
                .close()
                .toCompletionStage()
                .toCompletableFuture()
                .completeOnTimeout(null, PATIENCE_SECONDS, TimeUnit.SECONDS)
                .exceptionally(closed -> null)
                .join();
    }
}
