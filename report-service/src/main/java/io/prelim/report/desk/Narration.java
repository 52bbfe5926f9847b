package io.prelim.report.desk;

import io.prelim.report.draft.Draft;
import io.prelim.report.draft.DraftJson;
import io.prelim.report.settings.ReportSettings;
import io.prelim.report.statement.Acceptance;
import io.prelim.report.statement.Given;
import io.prelim.report.store.Digests;
import io.prelim.report.store.Narratives;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Has settled drafts worded by a writer, where there is one. A draft is out before it is worded: nobody waits for a writer. */
@ApplicationScoped
class Narration {
    /** A draft with more statements keeps its own words. */
    private static final int MOST = 100;

    private final Narratives narratives;
    private final boolean written;

    Narration(Narratives narratives, ReportSettings settings) {
        this.narratives = narratives;
        this.written = settings.writer().url().isPresent();
    }

    /**
     * The draft in the words of a writer, if those were accepted; else as it is, and a writer is asked.
     *
     * @param offered in Prelim's own words
     */
    Draft worded(UUID reportKey, Offers.Offered offered) {
        Draft draft = offered.draft();
        if (!written || !draft.settled()) {
            return draft;
        }
        String digest = Digests.sha256(DraftJson.write(draft));
        Narratives.Narrative narrative = narratives.find(digest).orElse(null);
        if (narrative == null) {
            List<Given> given = offered.drafter().statements(offered.facts(), draft);
            if (!given.isEmpty() && given.size() <= MOST) {
                narratives.ask(digest, reportKey, draft.language(), given);
            }
            return draft;
        }
        if (narrative.sentences() == null) {
            return draft;
        }
        // looked at again: what was accepted by an earlier version may not be by this one
        Acceptance.Verdict verdict = Acceptance.of(narrative.language(), narrative.given(), narrative.sentences());
        return verdict.accepted() ? offered.drafter().reworded(draft, verdict.sentences(), narrative.writer()) : draft;
    }
}
