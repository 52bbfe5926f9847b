package io.prelim.events;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** The one id generator: name-based UUIDs (RFC 9562 section 5.5, version 5), so that what is done again has the same id. */
public final class Ids {
    /** Name space of every derived id of this project. */
    private static final UUID NAMESPACE = UUID.fromString("5f0d1b52-1c2e-5d0c-9f43-7a4a3c1f9b60");

    private Ids() {}

    /** UUIDv5 over the parts; lengths are part of the name, so that ("ab","c") and ("a","bc") differ. */
    public static UUID v5(String... parts) {
        MessageDigest sha1 = sha1();
        sha1.update(bytes(NAMESPACE));
        for (String part : parts) {
            byte[] utf8 = part.getBytes(StandardCharsets.UTF_8);
            sha1.update(ByteBuffer.allocate(4).putInt(utf8.length).array());
            sha1.update(utf8);
        }
        ByteBuffer hash = ByteBuffer.wrap(sha1.digest());
        long high = (hash.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x5000L;
        long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /** One study key per issuer and StudyInstanceUID. */
    public static UUID study(String issuer, String studyInstanceUid) {
        return v5("study", issuer, studyInstanceUid);
    }

    /**
     * The id of the answer of one model to one input: equal input and bytes, equal id.
     *
     * @param inputDigest of the images the model reads
     */
    public static UUID outcome(UUID studyKey, String inputDigest, String modelDigest, String manifestDigest) {
        return v5("outcome", studyKey.toString(), inputDigest, modelDigest, manifestDigest);
    }

    /** The id of the plan of one revision of a study. */
    public static UUID plan(UUID studyKey, int revision, String inputDigest) {
        return v5("plan", studyKey.toString(), Integer.toString(revision), inputDigest);
    }

    /** The id of what a backfill adds to a plan. */
    public static UUID addition(UUID planId, UUID backfill) {
        return v5("addition", planId.toString(), backfill.toString());
    }

    /** The id of one finding of an outcome. */
    public static UUID finding(UUID outcomeId, String name) {
        return v5("finding", outcomeId.toString(), name);
    }

    /** The id of the part that supports a finding: equal finding, equal id; its digest tells of what it holds. */
    public static UUID evidence(UUID findingId) {
        return v5("evidence", findingId.toString());
    }

    /** The report a study's draft goes to until an order says otherwise. */
    public static UUID report(UUID studyKey) {
        return v5("report", studyKey.toString());
    }

    /** The event that tells of a version of a report: whoever sends it, and however often, it is this one. */
    public static UUID change(UUID reportKey, int version) {
        return v5("report-changed", reportKey.toString(), Integer.toString(version));
    }

    /** The series that a report's documents are in, in the archive, until it is signed. */
    public static UUID documents(UUID reportKey) {
        return v5("documents", reportKey.toString());
    }

    /** The series that a report's documents are in, in the archive, once it is signed. */
    public static UUID signedDocuments(UUID reportKey) {
        return v5("signed-documents", reportKey.toString());
    }

    /** The series that notes are in, in the archive, which take a report's documents back. */
    public static UUID rejections(UUID reportKey) {
        return v5("rejections", reportKey.toString());
    }

    /** The document of a version of a report, in the archive, or the note that takes documents back. */
    public static UUID document(UUID reportKey, int version) {
        return v5("document", reportKey.toString(), Integer.toString(version));
    }

    /** The series that masks behind a report's findings are in, in the archive. */
    public static UUID segmentations(UUID reportKey) {
        return v5("segmentations", reportKey.toString());
    }

    /** The mask behind a finding, in the archive. @param version of the report that it is first told with */
    public static UUID segmentation(UUID reportKey, int version, UUID findingId) {
        return v5("segmentation", reportKey.toString(), Integer.toString(version), findingId.toString());
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
