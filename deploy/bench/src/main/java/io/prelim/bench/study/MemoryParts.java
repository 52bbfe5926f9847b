package io.prelim.bench.study;

import io.prelim.dicom.core.Uid;
import io.prelim.events.PartClass;
import io.prelim.events.PartReference;
import io.prelim.events.StudyManifest.Image;
import io.prelim.inference.parts.PartUnavailable;
import io.prelim.inference.parts.Parts;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;

/** Parts in memory, and the radiographs whose pixels they are. */
public final class MemoryParts implements Parts {
    private final Map<UUID, byte[]> parts = new HashMap<>();

    /** Keeps a part, not a copy. */
    public PartReference put(UUID id, PartClass partClass, byte[] bytes) {
        parts.put(id, bytes);
        try {
            String digest = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            return new PartReference(id, partClass, bytes.length, "sha256:" + digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return null for an id that is none of theirs */
    public byte[] part(UUID id) {
        return parts.get(id);
    }

    @Override
    public byte[] read(PartReference part, Instant deadline) throws PartUnavailable {
        byte[] bytes = part(part.partId());
        if (bytes == null) {
            throw new PartUnavailable("part-refused", "There is no such part.");
        }
        return bytes;
    }

    /**
     * A square frontal chest radiograph.
     *
     * @param side   rows and columns
     * @param bits   stored, from 1
     * @param pixels of 8 bits each where that is enough, else of 16
     */
    public static Image radiograph(String uid, String series, int side, int bits, PartReference pixels) {
        return new Image(
                uid,
                Uid.DIGITAL_X_RAY_IMAGE_STORAGE_FOR_PRESENTATION,
                series,
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
                bits > 8 ? 16 : 8,
                bits,
                bits - 1,
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
