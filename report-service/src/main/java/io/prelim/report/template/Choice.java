package io.prelim.report.template;

import io.prelim.events.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/** What templates are chosen by, the nearest first: the procedure, then modality and body part, either alone, then anything. */
final class Choice {
    static final String ANY = "*";
    static final String GENERAL = "any";

    private Choice() {}

    static String procedure(Code code) {
        return "procedure " + Codes.key(code);
    }

    static String images(String modality, String bodyPart) {
        return "modality " + modality + ", body part " + bodyPart;
    }

    static List<String> of(List<Code> procedures, SortedSet<String> modalities, SortedSet<String> bodyParts) {
        List<String> choices = new ArrayList<>();
        procedures.forEach(code -> choices.add(procedure(code)));
        for (String modality : modalities) {
            bodyParts.forEach(bodyPart -> choices.add(images(modality, bodyPart)));
        }
        modalities.forEach(modality -> choices.add(images(modality, ANY)));
        bodyParts.forEach(bodyPart -> choices.add(images(ANY, bodyPart)));
        choices.add(GENERAL);
        return choices;
    }
}
