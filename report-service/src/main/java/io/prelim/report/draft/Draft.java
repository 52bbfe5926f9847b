package io.prelim.report.draft;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.prelim.events.Priority;
import io.prelim.report.template.Section;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What Prelim says about a study, section by section; holds no identity.
 *
 * @param revision      the study revision whose plan it answers
 * @param language      BCP 47, such as {@code en}
 * @param settled       every active planned answer is in, or overdue
 * @param synthetic     the images are made, of no patient
 * @param contextDigest which context its quotations and header stand for; null without one
 * @param outcomeIds    the answers it was drafted from, sorted
 * @param signedReportIds what was signed of the study in the reporting system, sorted; the draft says nothing of it but that it is there
 * @param template       null in drafts of before there were templates
 * @param order          of the sections; empty for {@link Section}'s own
 * @param addenda        added after the signature, the oldest first
 * @param held           null while the words follow the facts
 */
public record Draft(
        UUID studyKey,
        String studyInstanceUid,
        int revision,
        UUID planId,
        Priority priority,
        String language,
        boolean settled,
        boolean synthetic,
        String contextDigest,
        List<UUID> outcomeIds,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<UUID> signedReportIds,
        List<Sentence> examination,
        List<Sentence> indication,
        List<Sentence> technique,
        List<Sentence> comparison,
        List<Sentence.Clinical> findings,
        List<Sentence.Clinical> impression,
        FromTemplate template,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Section> order,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Sentence.Authored> addenda,
        Held held) {
    /** One whose words follow the facts. */
    public Draft(
            UUID studyKey,
            String studyInstanceUid,
            int revision,
            UUID planId,
            Priority priority,
            String language,
            boolean settled,
            boolean synthetic,
            String contextDigest,
            List<UUID> outcomeIds,
            List<UUID> signedReportIds,
            List<Sentence> examination,
            List<Sentence> indication,
            List<Sentence> technique,
            List<Sentence> comparison,
            List<Sentence.Clinical> findings,
            List<Sentence.Clinical> impression,
            FromTemplate template,
            List<Section> order) {
        this(
                studyKey,
                studyInstanceUid,
                revision,
                planId,
                priority,
                language,
                settled,
                synthetic,
                contextDigest,
                outcomeIds,
                signedReportIds,
                examination,
                indication,
                technique,
                comparison,
                findings,
                impression,
                template,
                order,
                List.of(),
                null);
    }

    public Draft {
        outcomeIds = List.copyOf(outcomeIds);
        signedReportIds = signedReportIds == null ? List.of() : List.copyOf(signedReportIds);
        examination = List.copyOf(examination);
        indication = List.copyOf(indication);
        technique = List.copyOf(technique);
        comparison = List.copyOf(comparison);
        findings = List.copyOf(findings);
        impression = List.copyOf(impression);
        order = order == null ? List.of() : List.copyOf(order);
        addenda = addenda == null ? List.of() : List.copyOf(addenda);
    }

    /** The facts of another draft with these words. */
    public Draft keptBeside(Draft newer, Held kept) {
        return new Draft(
                studyKey,
                studyInstanceUid,
                newer.revision,
                newer.planId,
                newer.priority,
                language,
                newer.settled,
                synthetic,
                newer.contextDigest,
                newer.outcomeIds,
                newer.signedReportIds,
                examination,
                indication,
                technique,
                comparison,
                findings,
                impression,
                template,
                order,
                addenda,
                kept);
    }

    /**
     * The same facts with other words.
     *
     * @throws ClassCastException if findings or impression hold what is not clinical
     */
    public Draft reworded(Map<Section, List<Sentence>> words, List<Sentence.Authored> added, Held kept) {
        return new Draft(
                studyKey,
                studyInstanceUid,
                revision,
                planId,
                priority,
                language,
                settled,
                synthetic,
                contextDigest,
                outcomeIds,
                signedReportIds,
                words.get(Section.EXAMINATION),
                words.get(Section.INDICATION),
                words.get(Section.TECHNIQUE),
                words.get(Section.COMPARISON),
                clinical(words.get(Section.FINDINGS)),
                clinical(words.get(Section.IMPRESSION)),
                template,
                order,
                added,
                kept);
    }

    private static List<Sentence.Clinical> clinical(List<Sentence> sentences) {
        return sentences.stream().map(Sentence.Clinical.class::cast).toList();
    }

    /** Every section in the order of its template. */
    @JsonIgnore
    public Map<Section, List<? extends Sentence>> sections() {
        Map<Section, List<? extends Sentence>> ordered = new LinkedHashMap<>();
        order.forEach(section -> ordered.put(section, List.of()));
        ordered.putAll(content());
        return ordered;
    }

    private Map<Section, List<? extends Sentence>> content() {
        Map<Section, List<? extends Sentence>> sections = new EnumMap<>(Section.class);
        sections.put(Section.EXAMINATION, examination);
        sections.put(Section.INDICATION, indication);
        sections.put(Section.TECHNIQUE, technique);
        sections.put(Section.COMPARISON, comparison);
        sections.put(Section.FINDINGS, findings);
        sections.put(Section.IMPRESSION, impression);
        return sections;
    }

    /** Which template it follows. @param language that it is for; null for every language */
    public record FromTemplate(String name, String version, String digest, String language) {}
}
