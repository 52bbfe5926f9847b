package io.prelim.ingest.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Tells where a study is. */
@ApplicationScoped
public class Timelines {
    /** Far above what any site has in service. */
    private static final int MODELS = 1000;

    /** As it happened; of one moment, what comes first on a study's way. */
    private static final Comparator<TimelineRows.Numbered> AS_IT_HAPPENED = Comparator.comparing(
                    (TimelineRows.Numbered each) -> each.entry().placedAt())
            .thenComparing(each -> each.entry().what())
            .thenComparing(TimelineRows.Numbered::number);

    private final StudyViews studies;
    private final Standings standings;
    private final TimelineRows rows;

    Timelines(StudyViews studies, Standings standings, TimelineRows rows) {
        this.studies = studies;
        this.standings = standings;
        this.rows = rows;
    }

    /**
     * One study's.
     *
     * @param limit of entries; the latest are told
     */
    @Transactional
    public Optional<Timeline> find(UUID studyKey, int limit) {
        return studies.find(studyKey).map(study -> timeline(study, limit));
    }

    private Timeline timeline(StudyView study, int limit) {
        TimelineRows.Found found = rows.entries(study.studyKey(), limit);
        List<Timeline.Entry> entries = after(found.entries().stream()
                .sorted(AS_IT_HAPPENED)
                .map(TimelineRows.Numbered::entry)
                .toList());
        return new Timeline(
                study.studyKey(),
                study.studyInstanceUid(),
                rows.now(),
                study.stage(),
                study.revision(),
                study.instances(),
                study.priority(),
                standings.waits(study.studyKey()),
                rows.models(study.studyKey(), study.revision(), MODELS),
                Spans.of(entries, study.revision()),
                found.found() - entries.size(),
                entries);
    }

    private static List<Timeline.Entry> after(List<Timeline.Entry> entries) {
        List<Timeline.Entry> with = new ArrayList<>(entries.size());
        Timeline.Entry before = null;
        for (Timeline.Entry each : entries) {
            Long after = before == null
                    ? null
                    : Duration.between(before.placedAt(), each.placedAt()).toMillis();
            with.add(new Timeline.Entry(
                    each.at(), each.seenAt(), each.what(), each.revision(), each.detail(), after, each.outcome()));
            before = each;
        }
        return with;
    }
}
