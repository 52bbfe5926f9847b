package io.prelim.ingest.remote;

import io.prelim.dicom.net.transport.ClientTls;
import io.prelim.dicom.net.transport.PemFiles;
import io.prelim.dicom.net.transport.ServerTls;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.config.TlsConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import javax.net.ssl.SSLContext;

/** Our certificate and whom we trust, read anew for each association of ours, so that files that were renewed count. */
@ApplicationScoped
public class DicomTls {
    private final TlsConfig config;

    public DicomTls(IngestConfig config) {
        this.config = config.dicom().tls();
    }

    /** Whether there is a listener over TLS: it has a certificate. */
    public boolean listens() {
        return config.certificate().isPresent();
    }

    /** @throws IOException when a file cannot be read; names it */
    public ServerTls server() throws IOException {
        return new ServerTls(context(), config.clientCertificates());
    }

    /** @throws IOException when a file cannot be read; names it */
    ClientTls client() throws IOException {
        return new ClientTls(context(), config.checkHostName());
    }

    private SSLContext context() throws IOException {
        return new PemFiles(
                        config.certificate().orElse(null),
                        config.key().orElse(null),
                        config.trust().orElse(null))
                .context();
    }
}
