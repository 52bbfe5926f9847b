package io.prelim.ingest.operation;

import io.prelim.dicom.net.transport.ServerTls;
import io.prelim.ingest.association.DicomListener;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.config.TlsConfig;
import io.prelim.ingest.hl7.MllpListener;
import io.prelim.ingest.notice.OperatorMessage;
import io.prelim.ingest.recovery.Checkpoint;
import io.prelim.ingest.recovery.LogRecovery;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduler;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Doors open last and close first: nothing is accepted that cannot be taken on. */
class Lifecycle {
    private static final Logger LOG = Logger.getLogger(Lifecycle.class);

    private final DicomListener listener;
    private final LogRecovery recovery;
    private final Checkpoint checkpoint;
    private final MllpListener mllp;
    private final Scheduler scheduler;

    Lifecycle(
            DicomListener listener,
            LogRecovery recovery,
            Checkpoint checkpoint,
            MllpListener mllp,
            Scheduler scheduler) {
        this.listener = listener;
        this.recovery = recovery;
        this.checkpoint = checkpoint;
        this.mllp = mllp;
        this.scheduler = scheduler;
    }

    void guard(
            @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event,
            IngestConfig config,
            @ConfigProperty(name = "quarkus.http.host") String httpHost) {
        List<String> callers = callers(config.dicom());
        TlsConfig tls = config.dicom().tls();
        Optional<String> refusal = AddressGuard.refusal(httpHost, config.dicom().address(), callers)
                .or(() -> tls.certificate().isEmpty()
                        ? Optional.empty()
                        : AddressGuard.tlsRefusal(
                                tls.address().orElse(config.dicom().address()),
                                callers,
                                tls.clientCertificates() == ServerTls.ClientCertificates.REQUIRED));
        refusal.ifPresent(reason -> {
            OperatorMessage.REFUSES_ADDRESS.log(LOG, "reason", reason);
            throw new IllegalStateException(OperatorMessage.REFUSES_ADDRESS.id() + " " + reason);
        });
    }

    private static List<String> callers(IngestConfig.Dicom config) {
        List<String> callers = new ArrayList<>(config.peers().orElse(List.of()));
        config.remotes().values().forEach(remote -> remote.networks().ifPresent(callers::addAll));
        return callers;
    }

    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) StartupEvent event) {
        try {
            recovery.run();
        } catch (IOException e) {
            throw new UncheckedIOException("the segment log cannot be read", e);
        }
        try {
            listener.start();
        } catch (IOException e) {
            throw new UncheckedIOException("the DICOM port cannot be opened: " + e.getMessage(), e);
        }
        try {
            mllp.start();
        } catch (IOException e) {
            throw new UncheckedIOException("the MLLP port cannot be opened: " + e.getMessage(), e);
        }
    }

    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent event) {
        mllp.stop();
        listener.stop();
        scheduler.pause(); // what began now would find the database closed
        checkpoint.look(); // the one that was under way, so that the next start reads little
    }
}
