package io.prelim.bench.inference;

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
import io.prelim.inference.parts.PartUnavailable;
import io.prelim.inference.parts.Parts;
import io.prelim.testkit.sample.SyntheticRadiograph;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Studies of one synthetic radiograph of 12 bits each, with their parts in memory. */
final class Radiographs implements Parts {
    private static final int DISTINCT = 8;
    private static final int BITS = 12;

    private final Map<UUID, byte[]> parts = new HashMap<>();
    private final List<Image> images = new ArrayList<>();
    private final List<AnalysisRequested> jobs = new ArrayList<>();

    Radiographs(ModelPackage model, int side) {
        SyntheticRadiograph radiograph = SyntheticRadiograph.load();
        for (int i = 0; i < DISTINCT; i++) {
            short[] pixels = radiograph.pixels(
                    i % 2 == 0 ? SyntheticRadiograph.Kind.NORMAL : SyntheticRadiograph.Kind.PNEUMONIA, i, side, side);
            ByteBuffer bytes = ByteBuffer.allocate(2 * pixels.length).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asShortBuffer().put(pixels);
            add(model, image(side, put(PartClass.PIXELS, bytes.array())));
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
        return parts.get(image.pixels().partId());
    }

    @Override
    public byte[] read(PartReference part, Instant deadline) throws PartUnavailable {
        return parts.get(part.partId());
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
        UUID id = UUID.randomUUID();
        parts.put(id, bytes);
        try {
            String digest = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            return new PartReference(id, partClass, bytes.length, "sha256:" + digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Image image(int side, PartReference pixels) {
        String uid = Uid.random();
        return new Image(
                uid,
                Uid.DIGITAL_X_RAY_IMAGE_STORAGE_FOR_PRESENTATION,
                Ids.v5(uid).toString(),
                Uid.EXPLICIT_VR_LITTLE_ENDIAN,
                1,
                "DX",
                "CHEST",
                "AP",
                null,
                null,
                false,
                side,
                side,
                1,
                1,
                0,
                "MONOCHROME2",
                16,
                BITS,
                BITS - 1,
                0,
                null,
                null,
                1,
                0,
                null,
                null,
                null,
                pixels);
    }
}
