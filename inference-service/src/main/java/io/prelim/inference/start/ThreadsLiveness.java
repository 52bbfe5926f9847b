package io.prelim.inference.start;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive as long as every poll and work thread is. */
@Liveness
@ApplicationScoped
public class ThreadsLiveness implements HealthCheck {
    private final InferenceService service;

    public ThreadsLiveness(InferenceService service) {
        this.service = service;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("poll and work threads")
                .status(service.alive())
                .build();
    }
}
