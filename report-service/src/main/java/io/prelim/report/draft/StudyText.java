package io.prelim.report.draft;

import io.prelim.events.SeriesSummary;
import io.prelim.events.StudyReceived;
import io.prelim.report.template.Placeholder;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the images say of themselves, in words. */
final class StudyText {
    private final StudyReceived study;
    private final Wording wording;

    StudyText(StudyReceived study, Wording wording) {
        this.study = study;
        this.wording = wording;
    }

    String examination() {
        String parts = bodyParts();
        return parts.isEmpty()
                ? wording.sentence("examination.images.plain", modalities())
                : wording.sentence("examination.images", modalities(), parts);
    }

    String technique() {
        // sorted sets: the order in which series came must not show
        Map<String, Set<String>> views = new TreeMap<>();
        for (SeriesSummary series : study.series()) {
            Set<String> of = views.computeIfAbsent(modality(series), modality -> new TreeSet<>());
            String view = PlainText.of(series.viewPosition());
            if (!view.isEmpty()) {
                of.add(view);
            }
        }
        String what = views.entrySet().stream()
                .map(entry -> entry.getValue().isEmpty()
                        ? wording.phrase("technique.plain", entry.getKey())
                        : wording.phrase("technique.view", entry.getKey(), String.join(", ", entry.getValue())))
                .collect(Collectors.joining("; "));
        return wording.sentence(
                "technique.sentence",
                what.isEmpty() ? wording.phrase("modality.unknown") : what,
                study.instances(),
                series());
    }

    /** For the lines of a template; what is not known is left out. */
    Map<Placeholder, String> values() {
        Map<Placeholder, String> values = new EnumMap<>(Placeholder.class);
        values.put(Placeholder.MODALITY, modalities());
        values.put(Placeholder.BODY_PART, bodyParts());
        values.put(Placeholder.VIEWS, distinct(SeriesSummary::viewPosition));
        values.put(Placeholder.IMAGES, Integer.toString(study.instances()));
        values.put(Placeholder.SERIES, Long.toString(series()));
        return values;
    }

    private long series() {
        return study.series().stream()
                .map(SeriesSummary::seriesInstanceUid)
                .distinct()
                .count();
    }

    private String modalities() {
        String modalities =
                study.series().stream().map(this::modality).distinct().sorted().collect(Collectors.joining(", "));
        return modalities.isEmpty() ? wording.phrase("modality.unknown") : modalities;
    }

    private String modality(SeriesSummary series) {
        String code = PlainText.of(series.modality());
        return code.isEmpty() ? wording.phrase("modality.unknown") : wording.orElse("modality." + code, code);
    }

    private String bodyParts() {
        return distinct(series -> wording.bodyPart(PlainText.of(series.bodyPart())));
    }

    private String distinct(Function<SeriesSummary, String> attribute) {
        return study.series().stream()
                .map(attribute)
                .filter(Objects::nonNull)
                .map(PlainText::of)
                .filter(value -> !value.isEmpty())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
