package io.prelim.ingest.receive;

import io.prelim.dicom.core.ReadLimits;
import io.prelim.ingest.config.IngestConfig;

/** The bounds of what is taken in: whoever reads it again needs no others. */
public final class ReceiveLimits {
    private ReceiveLimits() {}

    public static ReadLimits of(IngestConfig config) {
        IngestConfig.Receive receive = config.receive();
        return new ReadLimits(
                receive.maxObjectSize().asLongValue(),
                (int) Math.min(receive.maxElementSize().asLongValue(), Integer.MAX_VALUE - 15),
                receive.maxDepth(),
                receive.maxElements(),
                ReadLimits.DEFAULT.maxInflateRatio(),
                ReadLimits.DEFAULT.tolerated());
    }
}
