package io.prelim.inference.plan;

import io.prelim.events.SeriesSummary;
import io.prelim.events.StudyReceived;
import io.prelim.inference.model.SelectionRule;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What of a study a model reads.
 *
 * @param refusal why it reads nothing; empty when it applies
 * @param digest  equal for equal images, whatever else the study has; null when the model does not apply
 */
record ModelInput(Optional<String> refusal, @Nullable String digest) {
    private static final int MAX_REASONS = 3;

    static ModelInput of(StudyReceived study, SelectionRule rule) {
        String ageBand = study.subject() == null ? null : study.subject().ageBand();
        Optional<String> age = rule.ageBand().refusal("age band", ageBand);
        if (age.isPresent()) {
            return refused(age.get());
        }
        Set<String> reasons = new LinkedHashSet<>();
        List<SeriesSummary> read = new ArrayList<>();
        for (SeriesSummary series : study.series()) {
            rule.refusal(series.modality(), series.bodyPart(), series.viewPosition(), series.burnedIn())
                    .ifPresentOrElse(reasons::add, () -> read.add(series));
        }
        long images = read.stream().mapToLong(SeriesSummary::instances).sum();
        if (images > rule.maxImages()) {
            return refused(images + " matching images, at most " + rule.maxImages() + " are read");
        }
        if (images > 0) {
            return new ModelInput(Optional.empty(), digest(study, read));
        }
        return refused(
                reasons.isEmpty()
                        ? "the study has no series"
                        : reasons.stream().limit(MAX_REASONS).collect(Collectors.joining("; ")));
    }

    private static ModelInput refused(String reason) {
        return new ModelInput(Optional.of(reason), null);
    }

    /** SHA-256 over the sorted digests of what is read, a line each; the study's where any is not told, be it of what is not read. */
    private static String digest(StudyReceived study, List<SeriesSummary> read) {
        if (study.series().stream().anyMatch(series -> series.inputDigest() == null)) {
            return study.inputDigest();
        }
        String lines = read.stream()
                .map(series -> series.inputDigest() + "\n")
                .sorted()
                .collect(Collectors.joining());
        return "sha256:" + HexFormat.of().formatHex(sha256().digest(lines.getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
