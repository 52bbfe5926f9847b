package io.prelim.ingest.receive;

import io.prelim.dicom.syntax.TransferSyntax;
import io.prelim.events.PartClass;
import io.prelim.ingest.index.PartNumbers;
import io.prelim.store.Sha256;
import io.prelim.store.StoredPart;
import java.util.Optional;

/**
 * Puts records of the log together to objects. The pixels of an object follow its header at once, in one segment: an append keeps
 * them together. A header whose pixels do not follow was torn, and is no object. Holds one record at most; pure.
 */
public final class ObjectPairing {
    private static final int HEADER = PartNumbers.of(PartClass.HEADER);
    private static final int PIXELS = PartNumbers.of(PartClass.PIXELS);

    private StoredPart waiting;
    private Sha256 awaited;
    private long incomplete;

    /** @return the object that is whole with this record */
    public Optional<LoggedObject> next(StoredPart part) {
        StoredPart before = waiting;
        waiting = null;
        if (before != null && belongs(part, before)) {
            return Optional.of(new LoggedObject(before, part));
        }
        incomplete += (before == null ? 0 : 1) + (part.partClass() == PIXELS ? 1 : 0);
        return part.partClass() == HEADER ? header(part) : Optional.empty();
    }

    /** Nothing follows in this segment. */
    public void end() {
        incomplete += waiting == null ? 0 : 1;
        waiting = null;
    }

    /** Headers without their pixels, pixels without their header, and headers that do not say what they are. */
    public long incomplete() {
        return incomplete;
    }

    private Optional<LoggedObject> header(StoredPart part) {
        Optional<Annotation> annotation = Annotation.parse(part.annotation());
        if (annotation.isEmpty()) {
            incomplete++;
            return Optional.empty();
        }
        awaited = annotation.get().pixelsDigest();
        // a deflated object is one part, pixels and all
        if (awaited == null
                || TransferSyntax.of(annotation.get().transferSyntaxUid()).deflated()) {
            return Optional.of(new LoggedObject(part, null));
        }
        waiting = part;
        return Optional.empty();
    }

    private boolean belongs(StoredPart pixels, StoredPart header) {
        return pixels.partClass() == PIXELS
                && pixels.annotation().equals(Annotation.ofPixels(header.partId()))
                && pixels.digest().equals(awaited);
    }
}
