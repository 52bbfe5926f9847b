package io.prelim.ingest.receive;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.store.Location;
import io.prelim.store.Sha256;
import io.prelim.store.StoredPart;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ObjectPairingTest {
    private static final Sha256 PIXELS = new Sha256("ab".repeat(32));
    private static final Sha256 OTHER = new Sha256("cd".repeat(32));
    private static final String EXPLICIT = "1.2.840.10008.1.2.1";
    private static final String DEFLATED = "1.2.840.10008.1.2.1.99";

    private final ObjectPairing pairing = new ObjectPairing();

    @Test
    void pixelsThatFollowTheirHeaderMakeAnObject() {
        StoredPart header = header(EXPLICIT, PIXELS);
        StoredPart pixels = pixels(header, PIXELS);

        assertThat(pairing.next(header)).isEmpty();
        assertThat(pairing.next(pixels)).contains(new LoggedObject(header, pixels));
        assertThat(pairing.incomplete()).isZero();
    }

    @Test
    void anObjectWithoutPixelsIsWholeAtOnce() {
        StoredPart header = header(EXPLICIT, null);

        assertThat(pairing.next(header)).contains(new LoggedObject(header, null));
    }

    @Test
    void aDeflatedObjectIsWholeAtOnce() {
        StoredPart header = header(DEFLATED, PIXELS);

        assertThat(pairing.next(header)).contains(new LoggedObject(header, null));
    }

    @Test
    void aHeaderWhosePixelsWereTornIsNoObject() {
        StoredPart torn = header(EXPLICIT, PIXELS);
        StoredPart next = header(EXPLICIT, null);

        assertThat(pairing.next(torn)).isEmpty();
        assertThat(pairing.next(next)).contains(new LoggedObject(next, null));
        assertThat(pairing.incomplete()).isEqualTo(1);
    }

    @Test
    void pixelsOfAnotherHeaderOrDigestMakeNone() {
        StoredPart header = header(EXPLICIT, PIXELS);
        pairing.next(header);
        assertThat(pairing.next(pixels(header(EXPLICIT, PIXELS), PIXELS))).isEmpty();
        pairing.next(header);
        assertThat(pairing.next(pixels(header, OTHER))).isEmpty();
        assertThat(pairing.next(pixels(header, PIXELS))).isEmpty();

        assertThat(pairing.incomplete()).isEqualTo(5);
    }

    @Test
    void anObjectDoesNotReachIntoTheNextSegment() {
        StoredPart header = header(EXPLICIT, PIXELS);
        pairing.next(header);

        pairing.end();

        assertThat(pairing.next(pixels(header, PIXELS))).isEmpty();
    }

    @Test
    void manifestsAreNoObjects() {
        assertThat(pairing.next(part(3, "revision=1", OTHER))).isEmpty();
        assertThat(pairing.incomplete()).isZero();
    }

    private static StoredPart header(String transferSyntaxUid, Sha256 pixels) {
        return part(1, new Annotation(transferSyntaxUid, 10, 10, pixels, "CT1", false).text(), OTHER);
    }

    private static StoredPart pixels(StoredPart header, Sha256 digest) {
        return part(2, Annotation.ofPixels(header.partId()), digest);
    }

    private static StoredPart part(int partClass, String annotation, Sha256 digest) {
        return new StoredPart(
                UUID.randomUUID(),
                new UUID(1, 2),
                partClass,
                "1.2.3",
                annotation,
                digest,
                new Location(1, 100, 10),
                Instant.EPOCH);
    }
}
