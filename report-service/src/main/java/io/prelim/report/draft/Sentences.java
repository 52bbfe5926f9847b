package io.prelim.report.draft;

import io.prelim.events.Ids;
import java.util.List;
import java.util.UUID;

/** Makes sentences of one study, whose ids say what they answer. */
record Sentences(UUID studyKey, UUID planId) {
    Sentence.Claim claim(String section, String about, String text, List<? extends Evidence.OfImages> evidence) {
        return new Sentence.Claim(id(section, about), text, List.copyOf(evidence));
    }

    Sentence.Notice notice(String section, String text, Evidence.OfProcess... evidence) {
        String about =
                evidence[0].model() == null ? "plan" : evidence[0].model().deployment();
        return new Sentence.Notice(id(section, about + " " + evidence[0].code()), text, List.of(evidence));
    }

    /** Of the whole plan. */
    Sentence.Notice ofPlan(String section, String text, String code) {
        return notice(section, text, process(code));
    }

    Sentence.Description description(String section, String about, String text, Evidence.OfExamination... evidence) {
        return new Sentence.Description(id(section, about), text, List.of(evidence));
    }

    Evidence.OfProcess process(String code) {
        return new Evidence.OfProcess(planId, null, null, code);
    }

    UUID id(String section, String about) {
        return Ids.v5("sentence", studyKey.toString(), section, about);
    }
}
