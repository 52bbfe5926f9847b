package io.prelim.bench.events;

import io.prelim.bench.study.MemoryParts;
import io.prelim.events.EventJson;
import io.prelim.events.Ids;
import io.prelim.events.PartClass;
import io.prelim.events.PartReference;
import io.prelim.events.Priority;
import io.prelim.events.SeriesSummary;
import io.prelim.events.StudyManifest;
import io.prelim.events.StudyManifest.Image;
import io.prelim.events.StudyReceived;
import io.prelim.events.Subject;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * Studies of one image of 20 × 20 pixels. Each has a key of its own; its parts are one of a few pairs, the same in every process, so
 * that whoever makes a study and whoever reads it need not share anything.
 */
final class TinyStudies {
    private static final int SIDE = 20;
    private static final int DISTINCT = 8;

    private final MemoryParts parts = new MemoryParts();
    private final List<Image> images = new ArrayList<>();
    private final List<PartReference> manifests = new ArrayList<>();

    TinyStudies() {
        for (int i = 0; i < DISTINCT; i++) {
            byte[] pixels = new byte[SIDE * SIDE];
            Arrays.fill(pixels, 0, 40 * (i + 1), (byte) 255);
            String uid = uid(Ids.v5("bench", "image", Integer.toString(i)));
            Image image = MemoryParts.radiograph(uid, uid + ".1", SIDE, Byte.SIZE, put(PartClass.PIXELS, i, pixels));
            images.add(image);
            StudyManifest manifest =
                    new StudyManifest(Ids.v5("bench", "study", Integer.toString(i)), uid, 1, List.of(image));
            manifests.add(put(PartClass.MANIFEST, i, EventJson.write(manifest)));
        }
    }

    /** A study that was not there before, received now. */
    StudyReceived study(int index, Priority priority) {
        UUID key = UUID.randomUUID();
        Image image = images.get(index % DISTINCT);
        Instant now = Instant.now();
        return new StudyReceived(
                key,
                uid(key),
                1,
                "sha256:" + "0".repeat(64),
                priority,
                "default",
                null,
                new Subject("1-5", "F"),
                1,
                List.of(new SeriesSummary(
                        image.seriesInstanceUid(),
                        image.modality(),
                        image.bodyPart(),
                        image.viewPosition(),
                        image.laterality(),
                        1,
                        image.burnedIn(),
                        null)),
                manifests.get(index % DISTINCT),
                now,
                now);
    }

    MemoryParts parts() {
        return parts;
    }

    /** PS3.5 section B.2: a UID derived from a UUID. */
    private static String uid(UUID id) {
        byte[] bytes = ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        return "2.25." + new BigInteger(1, bytes);
    }

    private PartReference put(PartClass partClass, int index, byte[] bytes) {
        return parts.put(Ids.v5("bench", partClass.name(), Integer.toString(index)), partClass, bytes);
    }
}
