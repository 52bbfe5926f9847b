package io.prelim.report.delivery;

import io.prelim.dicom.net.transport.PemFiles;
import io.prelim.report.settings.TlsClientSettings;

/** The files of a destination's TLS; to be read anew for each connection, so that renewed ones count. */
public final class TlsFiles {
    private TlsFiles() {}

    /** @throws IllegalArgumentException for a certificate without its key, or the reverse */
    public static PemFiles of(TlsClientSettings settings) {
        return new PemFiles(
                settings.certificate().orElse(null),
                settings.key().orElse(null),
                settings.trust().orElse(null));
    }
}
