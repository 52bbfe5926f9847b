package io.prelim.ingest.recovery;

import io.prelim.events.PartClass;
import io.prelim.ingest.index.PartNumbers;
import io.prelim.store.Content;
import io.prelim.store.SegmentFile;
import io.prelim.store.SegmentLog;
import io.prelim.store.Sha256;
import io.prelim.store.StoredPart;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gives studies of an index that was lost their manifests and the number of their last revision back, so that the next one is later
 * than all that others have seen. Reads the records' headers alone, after the objects.
 */
@ApplicationScoped
class LostManifests {
    private static final int MANIFEST = PartNumbers.of(PartClass.MANIFEST);
    private static final Pattern REVISION = Pattern.compile("revision=(\\d{1,9})");

    private final SegmentLog log;
    private final IndexedParts index;

    LostManifests(SegmentLog log, IndexedParts index) {
        this.log = log;
        this.index = index;
    }

    void restore() throws IOException {
        for (SegmentFile segment : log.segments()) {
            log.walk(segment.number(), false, this::restore);
        }
    }

    private void restore(StoredPart part) throws IOException {
        Matcher revision = REVISION.matcher(part.annotation());
        if (part.partClass() == MANIFEST && revision.matches() && whole(part)) {
            index.restoreManifest(
                    part.partId(),
                    part.studyKey(),
                    Integer.parseInt(revision.group(1)),
                    part.location(),
                    part.digest().prefixed());
        }
    }

    private boolean whole(StoredPart part) throws IOException {
        try (InputStream in = log.read(part.location())) {
            return Sha256.of(Content.of(in.readAllBytes())).equals(part.digest());
        }
    }
}
