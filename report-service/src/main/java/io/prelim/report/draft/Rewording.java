package io.prelim.report.draft;

import io.prelim.report.statement.Acceptance.Accepted;
import io.prelim.report.template.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Puts accepted sentences in the place of those they word, with the evidence of all of them. */
final class Rewording {
    private final List<Accepted> accepted;
    private final String writer;
    private final Sentences sentences;

    Rewording(List<Accepted> accepted, String writer, Sentences sentences) {
        this.accepted = accepted;
        this.writer = writer;
        this.sentences = sentences;
    }

    /** A sentence stands where the first stood that it words. */
    List<Sentence.Clinical> of(Section section, String name, List<Sentence.Clinical> plain) {
        Map<UUID, Sentence.Claim> claims = new HashMap<>();
        for (Sentence.Clinical sentence : plain) {
            if (sentence instanceof Sentence.Claim claim) {
                claims.put(claim.id(), claim);
            }
        }
        Map<UUID, Sentence.Claim> first = new HashMap<>();
        Set<UUID> worded = new LinkedHashSet<>();
        for (Accepted each : accepted) {
            List<UUID> statements = each.written().statements();
            if (each.written().section() == section) {
                worded.addAll(statements);
                UUID place = plain.stream()
                        .map(Sentence::id)
                        .filter(statements::contains)
                        .findFirst()
                        .orElseThrow();
                first.put(place, claim(name, each, claims));
            }
        }
        List<Sentence.Clinical> reworded = new ArrayList<>();
        for (Sentence.Clinical sentence : plain) {
            if (first.containsKey(sentence.id())) {
                reworded.add(first.get(sentence.id()));
            } else if (!worded.contains(sentence.id())) {
                reworded.add(sentence);
            }
        }
        return reworded;
    }

    private Sentence.Claim claim(String section, Accepted each, Map<UUID, Sentence.Claim> claims) {
        List<UUID> statements = each.written().statements();
        List<Evidence.OfImages> evidence = statements.stream()
                .flatMap(id -> claims.get(id).evidence().stream())
                .distinct()
                .toList();
        UUID id = statements.size() == 1
                ? statements.get(0)
                : sentences.id(section, statements.stream().sorted().toList().toString());
        return new Sentence.Claim(id, each.written().text().strip(), evidence, writer);
    }
}
