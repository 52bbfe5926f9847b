package io.prelim.ingest.operation;

import io.prelim.store.SegmentLog;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while an append would be tried. */
@Readiness
@ApplicationScoped
class StoreReadiness implements HealthCheck {
    private final SegmentLog log;

    StoreReadiness(SegmentLog log) {
        this.log = log;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("store").status(log.writable()).build();
    }
}
