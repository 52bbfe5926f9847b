package io.prelim.report.draft;

import io.prelim.events.Finding;
import io.prelim.report.draft.FindingGroup.Said;
import io.prelim.report.draft.FindingGroup.Verdict;
import io.prelim.report.statement.Given;
import io.prelim.report.statement.Level;
import io.prelim.report.template.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Takes claims apart that may be worded otherwise: what one model says, or several that agree. What models differ on keeps its words. */
final class Statements {
    private final Wording wording;
    private final Certainty certainty;

    Statements(Wording wording, Certainty certainty) {
        this.wording = wording;
        this.certainty = certainty;
    }

    /** In the order of the draft. */
    List<Given> of(Draft draft, List<FindingGroup> groups, Sentences sentences) {
        List<Given> given = new ArrayList<>();
        for (Section section : List.of(Section.FINDINGS, Section.IMPRESSION)) {
            Map<UUID, FindingGroup> byId = new HashMap<>();
            String name = section == Section.FINDINGS ? FindingsText.FINDINGS : FindingsText.IMPRESSION;
            groups.forEach(group -> byId.put(sentences.id(name, group.key()), group));
            draft.sections().get(section).forEach(sentence -> {
                FindingGroup group = byId.get(sentence.id());
                Level level = group == null ? null : level(group);
                if (level != null) {
                    given.add(given(sentence.id(), section, group, level));
                }
            });
        }
        return given;
    }

    /** Null where it has none for all. */
    private Level level(FindingGroup group) {
        if (!group.agrees(certainty)) {
            return null;
        }
        long measured = group.said().stream().filter(Said::measured).count();
        if (measured > 0) {
            boolean alike = group.said().stream()
                            .map(said -> wording.measured(said.finding()))
                            .distinct()
                            .count()
                    == 1;
            return measured == group.said().size() && alike ? Level.MEASURED : null;
        }
        double probability = group.leastSure().finding().probability();
        return switch (group.first().verdict()) {
            case PRESENT -> certainty.level(probability);
            case ABSENT -> Level.of(certainty.absent(probability)).orElseThrow();
            case OPEN -> Level.OPEN;
        };
    }

    private Given given(UUID id, Section section, FindingGroup group, Level level) {
        Finding finding = group.first().finding();
        boolean alone = group.said().size() == 1 && level != Level.MEASURED;
        return new Given(
                id,
                section,
                wording.name(finding),
                finding.code(),
                level,
                finding.laterality(),
                finding.site() == null ? null : wording.site(finding),
                finding.site(),
                alone ? wording.probability(finding.probability()) : null,
                finding.measurements().stream().map(wording::measure).toList(),
                section == Section.IMPRESSION && group.urgent() && group.any(Verdict.PRESENT));
    }
}
