package io.prelim.ingest.assembly;

import io.prelim.events.SeriesSummary;
import io.prelim.events.StudyManifest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

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
        String inputDigest = inputDigest(study.images());
        if (inputDigest.equals(study.inputDigest())) {
            return new AssemblyDecision.Unchanged();
        }
        int revision = study.revision() + 1;
        List<StudyManifest.Image> images = study.images().stream()
                .sorted(ORDER)
                .map(StoredImage::withPixels)
                .toList();
        StudyManifest manifest = new StudyManifest(study.studyKey(), study.studyInstanceUid(), revision, images);
        return new AssemblyDecision.NewRevision(revision, inputDigest, manifest, series(images));
    }

    /** SHA-256 over the sorted SOP Instance UIDs and pixel digests: neither order of arrival nor headers matter. */
    static String inputDigest(List<StoredImage> images) {
        List<String> lines = new ArrayList<>();
        for (StoredImage image : images) {
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

    private static List<SeriesSummary> series(List<StudyManifest.Image> images) {
        Map<String, List<StudyManifest.Image>> bySeries = images.stream()
                .collect(Collectors.groupingBy(
                        StudyManifest.Image::seriesInstanceUid, TreeMap::new, Collectors.toList()));
        return bySeries.entrySet().stream()
                .map(series -> summary(series.getKey(), series.getValue()))
                .toList();
    }

    private static SeriesSummary summary(String uid, List<StudyManifest.Image> images) {
        return new SeriesSummary(
                uid,
                common(images, StudyManifest.Image::modality),
                common(images, StudyManifest.Image::bodyPart),
                common(images, StudyManifest.Image::viewPosition),
                common(images, StudyManifest.Image::laterality),
                images.size(),
                images.stream().anyMatch(StudyManifest.Image::burnedIn));
    }

    /** What all images that say anything agree on; null when they do not. */
    private static String common(List<StudyManifest.Image> images, Function<StudyManifest.Image, String> value) {
        List<String> said =
                images.stream().map(value).filter(Objects::nonNull).distinct().toList();
        return said.size() == 1 ? said.get(0) : null;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
