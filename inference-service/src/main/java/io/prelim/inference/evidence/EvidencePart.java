package io.prelim.inference.evidence;

import io.prelim.events.Ids;
import io.prelim.events.PartClass;
import io.prelim.events.PartReference;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/**
 * A part that supports one finding.
 *
 * @param mediaType {@code image/png} for a saliency map, {@code application/vnd.nifti+gzip} for a mask of a volume
 * @param bytes     not to be changed
 */
public record EvidencePart(PartReference reference, String mediaType, byte[] bytes) {
    /** The part of a finding, of class {@link PartClass#EVIDENCE}. */
    public static EvidencePart of(UUID findingId, String mediaType, byte[] bytes) {
        return new EvidencePart(
                new PartReference(Ids.evidence(findingId), PartClass.EVIDENCE, bytes.length, digest(bytes)),
                mediaType,
                bytes);
    }

    private static String digest(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
