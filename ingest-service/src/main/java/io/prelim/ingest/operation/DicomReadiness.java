package io.prelim.ingest.operation;

import io.prelim.ingest.association.DicomListener;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the DICOM port is open; says which, and that over TLS, 0 where there is none. */
@Readiness
@ApplicationScoped
class DicomReadiness implements HealthCheck {
    private final DicomListener listener;

    DicomReadiness(DicomListener listener) {
        this.listener = listener;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("dicom")
                .status(listener.port() > 0)
                .withData("port", listener.port())
                .withData("tlsPort", listener.tlsPort())
                .build();
    }
}
