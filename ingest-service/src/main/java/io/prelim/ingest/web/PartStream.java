package io.prelim.ingest.web;

import io.prelim.events.PartReference;
import io.prelim.ingest.index.DamagedParts;
import io.prelim.ingest.index.DamagedParts.Reason;
import io.prelim.ingest.index.PartRow;
import io.prelim.ingest.notice.OperatorMessage;
import io.prelim.store.SegmentLog;
import io.prelim.store.Sha256;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import org.jboss.logging.Logger;

/**
 * A part or a range of it on its way out. A whole part is checked against its digest as it goes, and its last bytes are held back
 * until it holds: damage ends the connection, and a client sees an answer that is short. A range cannot be checked here.
 */
public final class PartStream implements StreamingOutput {
    private static final Logger LOG = Logger.getLogger(PartStream.class);
    private static final int BUFFER = 64 << 10;

    private final SegmentLog log;
    private final DamagedParts damaged;
    private final PartRow part;
    private final ByteRange range;

    public PartStream(SegmentLog log, DamagedParts damaged, PartRow part, ByteRange range) {
        this.log = log;
        this.damaged = damaged;
        this.part = part;
        this.range = range;
    }

    @Override
    public void write(OutputStream out) throws IOException {
        PartReference reference = part.reference();
        boolean whole = range.from() == 0 && range.to() == reference.length();
        MessageDigest digest = Sha256.digest();
        long left = range.to() - range.from();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = log.read(part.location(), range.from(), range.to())) {
            while (left > 0) {
                int read = in.readNBytes(buffer, 0, (int) Math.min(buffer.length, left));
                left -= read;
                if (whole) {
                    digest.update(buffer, 0, read);
                    if (left == 0 && !Sha256.of(digest.digest()).prefixed().equals(reference.digest())) {
                        damaged();
                    }
                }
                out.write(buffer, 0, read);
            }
        }
    }

    private void damaged() throws IOException {
        if (damaged.add(part.reference().partId(), Reason.ALTERED)) {
            OperatorMessage.PART_DAMAGED.log(
                    LOG,
                    "partId",
                    part.reference().partId(),
                    "segment",
                    part.location().segment(),
                    "reason",
                    Reason.ALTERED);
        }
        throw new IOException("a stored part is not what was stored");
    }
}
