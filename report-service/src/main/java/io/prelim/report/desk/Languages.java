package io.prelim.report.desk;

import io.prelim.events.StudyReceived;
import io.prelim.report.draft.Certainty;
import io.prelim.report.draft.Drafter;
import io.prelim.report.draft.Wording;
import io.prelim.report.settings.ReportSettings;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Who drafts for which site: a site reads its own language. */
final class Languages {
    private final Drafter standard;
    private final Map<String, Drafter> bySite;

    Languages(ReportSettings settings) {
        standard = drafter(settings.language());
        bySite = settings.siteLanguages().entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> drafter(entry.getValue())));
    }

    /** @param study null while not known */
    Drafter drafter(StudyReceived study) {
        return study == null || study.site() == null ? standard : bySite.getOrDefault(study.site(), standard);
    }

    private static Drafter drafter(String language) {
        return new Drafter(Wording.in(Locale.forLanguageTag(language)), Certainty.standard());
    }
}
