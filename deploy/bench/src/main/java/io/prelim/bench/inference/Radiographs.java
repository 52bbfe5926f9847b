package io.prelim.bench.inference;

import io.prelim.bench.study.MemoryParts;
import io.prelim.dicom.core.Uid;
import io.prelim.events.AnalysisRequested;
import io.prelim.events.EventJson;
import io.prelim.events.Ids;
import io.prelim.events.PartClass;
import io.prelim.events.PartReference;
import io.prelim.events.Priority;
import io.prelim.events.StudyManifest;
import io.prelim.events.StudyManifest.Image;
import io.prelim.inference.model.Deployment;
import io.prelim.inference.model.ModelPackage;
import io.prelim.inference.parts.Parts;
import io.prelim.testkit.sample.SyntheticRadiograph;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Studies of one synthetic radiograph of 12 bits each, with their parts in memory. */
final class Radiographs {
    private static final int DISTINCT = 8;
    private static final int BITS = 12;

    private final MemoryParts parts = new MemoryParts();
    private final List<Image> images = new ArrayList<>();
    private final List<AnalysisRequested> jobs = new ArrayList<>();

    Radiographs(ModelPackage model, int side) {
        SyntheticRadiograph radiograph = SyntheticRadiograph.load();
        for (int i = 0; i < DISTINCT; i++) {
            short[] pixels = radiograph.pixels(
                    i % 2 == 0 ? SyntheticRadiograph.Kind.NORMAL : SyntheticRadiograph.Kind.PNEUMONIA, i, side, side);
            ByteBuffer bytes = ByteBuffer.allocate(2 * pixels.length).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asShortBuffer().put(pixels);
            String uid = Uid.random();
            PartReference stored = put(PartClass.PIXELS, bytes.array());
            add(model, MemoryParts.radiograph(uid, Ids.v5(uid).toString(), side, BITS, stored));
        }
    }

    /** In turn; endlessly. */
    AnalysisRequested job(int index) {
        return jobs.get(index % DISTINCT);
    }

    List<Image> images() {
        return images;
    }

    byte[] pixels(Image image) {
        return parts.part(image.pixels().partId());
    }

    Parts parts() {
        return parts;
    }

    private void add(ModelPackage model, Image image) {
        images.add(image);
        UUID study = UUID.randomUUID();
        Instant now = Instant.now();
        StudyManifest manifest = new StudyManifest(study, Uid.random(), 1, List.of(image));
        jobs.add(new AnalysisRequested(
                UUID.randomUUID(),
                study,
                manifest.studyInstanceUid(),
                1,
                "sha256:" + "0".repeat(64),
                new Deployment(model, false, Optional.empty()).reference(LocalDate.now(ZoneOffset.UTC)),
                Priority.ROUTINE,
                put(PartClass.MANIFEST, EventJson.write(manifest)),
                List.of(),
                now,
                now.plus(Duration.ofDays(1))));
    }

    private PartReference put(PartClass partClass, byte[] bytes) {
        return parts.put(UUID.randomUUID(), partClass, bytes);
    }
}
