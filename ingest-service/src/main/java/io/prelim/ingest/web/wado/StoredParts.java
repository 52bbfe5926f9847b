package io.prelim.ingest.web.wado;

import io.prelim.ingest.index.DamagedParts;
import io.prelim.ingest.index.DamagedParts.Reason;
import io.prelim.ingest.index.PartIndex;
import io.prelim.ingest.index.PartRow;
import io.prelim.ingest.notice.OperatorMessage;
import io.prelim.ingest.web.Refused;
import io.prelim.store.Location;
import io.prelim.store.SegmentLog;
import io.prelim.store.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Parts as they are read out. A range cannot be compared with a digest: before the first range of a part is read, all of it is, once since
 * the service started and as long as it is among those last used. What goes wrong later is the sweep's to find.
 */
@ApplicationScoped
class StoredParts {
    private static final Logger LOG = Logger.getLogger(StoredParts.class);
    private static final int BUFFER = 64 << 10;
    private static final int REMEMBERED = 20_000;

    private final SegmentLog log;
    private final PartIndex index;
    private final DamagedParts damaged;
    /** Places of parts that were found to be what was stored. */
    private final Map<UUID, Location> sound = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Location> eldest) {
            return size() > REMEMBERED;
        }
    };

    StoredParts(SegmentLog log, PartIndex index, DamagedParts damaged) {
        this.log = log;
        this.index = index;
        this.damaged = damaged;
    }

    SegmentLog log() {
        return log;
    }

    DamagedParts damaged() {
        return damaged;
    }

    /** The part where it lies now: a segment goes after its parts' places have moved on. */
    PartRow current(PartRow part) {
        if (log.holds(part.location())) {
            return part;
        }
        return index.find(part.reference().partId())
                .filter(row -> log.holds(row.location()))
                .orElseThrow(() -> gone());
    }

    /**
     * The part where it lies now, all of it what was stored.
     *
     * @throws Refused 410, when it is not
     */
    PartRow sound(PartRow part) throws IOException {
        PartRow row = current(part);
        UUID id = row.reference().partId();
        synchronized (sound) {
            if (row.location().equals(sound.get(id))) {
                return row;
            }
        }
        if (!digest(row).equals(row.reference().digest())) {
            alter(row);
            throw gone();
        }
        synchronized (sound) {
            sound.put(id, row.location());
        }
        return row;
    }

    private String digest(PartRow row) throws IOException {
        MessageDigest digest = Sha256.digest();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = log.read(row.location())) {
            for (int read = in.read(buffer, 0, BUFFER); read >= 0; read = in.read(buffer, 0, BUFFER)) {
                digest.update(buffer, 0, read);
            }
        } catch (NoSuchFileException | EOFException e) {
            throw gone();
        } catch (IOException e) {
            if (SegmentLog.unreadable(e)) {
                throw gone();
            }
            throw e;
        }
        return Sha256.of(digest.digest()).prefixed();
    }

    private void alter(PartRow row) {
        if (damaged.add(row.reference().partId(), Reason.ALTERED)) {
            OperatorMessage.PART_DAMAGED.log(
                    LOG,
                    "partId",
                    row.reference().partId(),
                    "segment",
                    row.location().segment(),
                    "reason",
                    Reason.ALTERED);
        }
    }

    /** Of a part found {@link #sound}. */
    InputStream read(PartRow sound, long from, long to) throws IOException {
        return log.read(sound.location(), from, to);
    }

    static Refused gone() {
        return new Refused(410, "The bytes are damaged; they come back when the object is sent again.");
    }
}
