package io.prelim.ingest.web.wado;

import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.pixel.PixelLimits;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.receive.ReceiveLimits;
import io.prelim.ingest.web.dicom.Admission;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;

/** What reading a stored instance needs: the store, and the bounds. */
@ApplicationScoped
class Reading {
    private final StoredParts parts;
    private final Admission admission;
    private final ReadLimits limits;
    private final PixelLimits pixelLimits;
    private final Path spoolDirectory;
    private final long maxInflated;

    @Inject
    Reading(StoredParts parts, Admission admission, IngestConfig config) {
        this.parts = parts;
        this.admission = admission;
        this.limits = ReceiveLimits.of(config);
        this.pixelLimits = PixelLimits.DEFAULT
                .withMaxFrameBytes((int)
                        Math.min(config.dicomWeb().maxFrameSize().asLongValue(), PixelLimits.DEFAULT.maxFrameBytes()))
                .withDeadline(config.dicomWeb().decodeTimeout());
        this.spoolDirectory = config.store().directory().resolve("spool");
        this.maxInflated = config.dicomWeb().maxInflated().asLongValue();
    }

    StoredParts parts() {
        return parts;
    }

    Admission admission() {
        return admission;
    }

    ReadLimits limits() {
        return limits;
    }

    PixelLimits pixelLimits() {
        return pixelLimits;
    }

    Path spoolDirectory() {
        return spoolDirectory;
    }

    long maxInflated() {
        return maxInflated;
    }
}
