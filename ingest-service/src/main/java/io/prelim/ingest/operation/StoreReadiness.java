package io.prelim.ingest.operation;

import io.prelim.ingest.storage.StoreCopy;
import io.prelim.ingest.storage.StoreState;
import io.prelim.store.SegmentLog;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready while an append would be tried; says how much is free, whether writes have failed, and how the second copy is. */
@Readiness
@ApplicationScoped
class StoreReadiness implements HealthCheck {
    private final SegmentLog log;
    private final StoreState state;
    private final StoreCopy copy;

    StoreReadiness(SegmentLog log, StoreState state, StoreCopy copy) {
        this.log = log;
        this.state = state;
        this.copy = copy;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("store")
                .status(state.isRecovered() && log.writable())
                .withData("recovered", state.isRecovered())
                .withData("failures", state.failures());
        copy.state()
                .ifPresent(second -> response.withData("copyTaking", second.taking())
                        .withData("copyBehindBytes", second.behindBytes())
                        .withData("copyUncheckedSegments", second.uncheckedSegments()));
        try {
            response.withData("freeBytes", log.freeBytes());
        } catch (IOException e) {
            response.withData("freeBytes", "unknown");
        }
        state.lastFailure()
                .ifPresent(failure -> response.withData(
                                "lastFailureAt", failure.at().toString())
                        .withData("lastFailureSegment", failure.segment())
                        .withData("lastFailure", failure.reason()));
        return response.build();
    }
}
