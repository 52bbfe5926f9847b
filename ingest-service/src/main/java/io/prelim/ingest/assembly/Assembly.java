package io.prelim.ingest.assembly;

import io.prelim.events.StudyManifest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/** Decides over a study whose quiet period is over. */
public final class Assembly {
    private static final Comparator<StoredImage> ORDER = Comparator.comparing(
                    (StoredImage image) -> image.attributes().seriesInstanceUid())
            .thenComparing(
                    image -> image.attributes().instanceNumber(), Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(StoredImage::sopInstanceUid);

    private Assembly() {}

    public static AssemblyDecision decide(DueStudy study) {
        if (study.images().isEmpty() && study.inputDigest() == null) {
            return new AssemblyDecision.NoImages();
        }
        List<StudyManifest.Image> images = study.images().stream()
                .sorted(ORDER)
                .map(StoredImage::withPixels)
                .toList();
        String inputDigest = inputDigest(images);
        if (inputDigest.equals(study.inputDigest())) {
            return new AssemblyDecision.Unchanged();
        }
        int revision = study.revision() + 1;
        StudyManifest manifest = new StudyManifest(study.studyKey(), study.studyInstanceUid(), revision, images);
        return new AssemblyDecision.NewRevision(revision, inputDigest, manifest, SeriesKinds.of(images));
    }

    /** SHA-256 over the sorted SOP Instance UIDs and pixel digests: neither order of arrival nor headers matter. */
    static String inputDigest(List<StudyManifest.Image> images) {
        List<String> lines = new ArrayList<>();
        for (StudyManifest.Image image : images) {
            lines.add(image.sopInstanceUid()
                    + ' '
                    + (image.pixels() == null ? "none" : image.pixels().digest())
                    + '\n');
        }
        lines.sort(null);
        MessageDigest sha256 = sha256();
        lines.forEach(line -> sha256.update(line.getBytes(StandardCharsets.UTF_8)));
        return "sha256:" + HexFormat.of().formatHex(sha256.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
