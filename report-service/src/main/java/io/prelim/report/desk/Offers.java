package io.prelim.report.desk;

import io.prelim.report.draft.Draft;
import io.prelim.report.draft.Drafter;
import io.prelim.report.draft.Facts;
import io.prelim.report.settings.ReportSettings;
import io.prelim.report.site.SiteTemplates;
import io.prelim.report.store.FactStore;
import io.prelim.report.store.PriorStudies;
import io.prelim.report.store.ReportRow;
import io.prelim.report.store.UnmappedProcedures;
import io.prelim.report.template.TemplateChoice;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Makes the draft that the facts of a study deserve now. */
@ApplicationScoped
class Offers {
    private final FactStore facts;
    private final PriorStudies priors;
    private final UnmappedProcedures unmapped;
    private final SiteTemplates templates;
    private final Languages languages;

    Offers(
            FactStore facts,
            PriorStudies priors,
            UnmappedProcedures unmapped,
            SiteTemplates templates,
            ReportSettings settings) {
        this.facts = facts;
        this.priors = priors;
        this.unmapped = unmapped;
        this.templates = templates;
        this.languages = new Languages(settings);
    }

    /** @return empty while there is no plan */
    Optional<Offered> of(ReportRow report, UUID studyKey, Instant now) {
        return facts.load(studyKey, now).map(known -> {
            report.nextDeadline(known.facts().nextDeadline());
            Drafter drafter = languages.drafter(known.facts().study());
            TemplateChoice choice = templates
                    .current()
                    .choose(known.facts().study(), known.facts().context(), drafter.language());
            unmapped.seen(studyKey, choice.unmapped());
            Facts all = known.facts().with(priors.of(studyKey, known.facts().context()));
            return new Offered(drafter.draft(all, choice), drafter, known.facts(), known.contextId());
        });
    }

    /** @param contextId null while the context is not known */
    record Offered(Draft draft, Drafter drafter, Facts facts, Long contextId) {
        /** Whether every image that the study had was taken back. */
        boolean withdrawn() {
            return facts.study() != null && Boolean.TRUE.equals(facts.study().withdrawn());
        }
    }
}
