package io.prelim.ingest.assembly;

import io.prelim.events.SeriesSummary;
import io.prelim.events.StudyManifest.Image;
import io.prelim.events.StudyReceived;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The images of a study by series and by what they say of themselves, so that a model's rule decides over them as it does over each
 * image, and what it reads has a digest of its own. A series that is burned-in in part counts as burned-in, without a digest; a study
 * of more kinds than an event may name is told of by series, without digests.
 */
final class SeriesKinds {
    private static final Comparator<String> TEXT = Comparator.nullsFirst(Comparator.naturalOrder());
    private static final Comparator<SeriesSummary> ORDER = Comparator.comparing(SeriesSummary::seriesInstanceUid)
            .thenComparing(SeriesSummary::modality, TEXT)
            .thenComparing(SeriesSummary::bodyPart, TEXT)
            .thenComparing(SeriesSummary::viewPosition, TEXT)
            .thenComparing(SeriesSummary::laterality, TEXT);

    private SeriesKinds() {}

    /** At most {@link StudyReceived#MAX_SERIES}, sorted by series. */
    static List<SeriesSummary> of(List<Image> images) {
        Map<String, List<Image>> bySeries = images.stream()
                .collect(Collectors.groupingBy(Image::seriesInstanceUid, TreeMap::new, Collectors.toList()));
        List<SeriesSummary> kinds = new ArrayList<>();
        bySeries.values().forEach(series -> {
            long burnedIn = series.stream().filter(Image::burnedIn).count();
            boolean inPart = burnedIn > 0 && burnedIn < series.size();
            series.stream()
                    .collect(Collectors.groupingBy(Kind::of))
                    .values()
                    .forEach(
                            kind -> kinds.add(summary(kind, burnedIn > 0, inPart ? null : Assembly.inputDigest(kind))));
        });
        if (kinds.size() <= StudyReceived.MAX_SERIES) {
            return kinds.stream().sorted(ORDER).toList();
        }
        return bySeries.values().stream()
                .limit(StudyReceived.MAX_SERIES)
                .map(series -> summary(series, series.stream().anyMatch(Image::burnedIn), null))
                .toList();
    }

    private static SeriesSummary summary(List<Image> images, boolean burnedIn, String inputDigest) {
        return new SeriesSummary(
                images.get(0).seriesInstanceUid(),
                common(images, Image::modality),
                common(images, Image::bodyPart),
                common(images, Image::viewPosition),
                common(images, Image::laterality),
                images.size(),
                burnedIn,
                inputDigest,
                common(images, Image::manufacturer));
    }

    /** What all images that say anything agree on; null when they do not. */
    private static String common(List<Image> images, Function<Image, String> value) {
        List<String> said =
                images.stream().map(value).filter(Objects::nonNull).distinct().toList();
        return said.size() == 1 ? said.get(0) : null;
    }

    private record Kind(String modality, String bodyPart, String viewPosition, String laterality) {
        static Kind of(Image image) {
            return new Kind(image.modality(), image.bodyPart(), image.viewPosition(), image.laterality());
        }
    }
}
