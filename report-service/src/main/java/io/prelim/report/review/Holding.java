package io.prelim.report.review;

import io.prelim.events.Ids;
import io.prelim.report.draft.Certainty;
import io.prelim.report.draft.Draft;
import io.prelim.report.draft.Evidence;
import io.prelim.report.draft.Held;
import io.prelim.report.draft.Held.Discrepancy;
import io.prelim.report.draft.Held.Proposal;
import io.prelim.report.draft.Held.Seen;
import io.prelim.report.draft.Held.Stated;
import io.prelim.report.draft.Sentence;
import io.prelim.report.template.Section;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Keeps the words of a draft while facts go on. */
public final class Holding {
    private Holding() {}

    /** The same draft, whose words stay from here on. */
    public static Draft freeze(Draft draft) {
        return draft.keptBeside(draft, held(draft));
    }

    /** The words of a draft with the facts of a newer one, and what that says otherwise as proposals. */
    public static Draft propose(Draft current, Draft newer) {
        Held held = held(current);
        return current.keptBeside(
                newer,
                new Held(
                        held.contextDigest(),
                        !Objects.equals(held.contextDigest(), newer.contextDigest()),
                        held.seen(),
                        held.stated(),
                        proposals(current, held, newer),
                        List.of()));
    }

    /** The words of a draft with the facts of a newer one, and what models say otherwise in it as discrepancies. */
    public static Draft contrast(Draft current, Draft newer) {
        Held held = held(current);
        return current.keptBeside(
                newer,
                new Held(
                        held.contextDigest(),
                        !Objects.equals(held.contextDigest(), newer.contextDigest()),
                        held.seen(),
                        held.stated(),
                        List.of(),
                        Stream.concat(
                                        held.discrepancies().stream()
                                                .filter(each -> each.kind() == Discrepancy.Kind.CONTRADICTED),
                                        discrepancies(held.stated(), stated(newer)).stream())
                                .toList()));
    }

    /** The same draft, of which what was signed says the opposite. @param findings of its own */
    public static Draft contradicted(Draft draft, Collection<UUID> findings) {
        Held held = held(draft);
        Stream<Discrepancy> added = held.stated().stream()
                .filter(each -> findings.contains(each.findingId()))
                .map(each -> new Discrepancy(Discrepancy.Kind.CONTRADICTED, null, each));
        return draft.keptBeside(
                draft,
                new Held(
                        held.contextDigest(),
                        held.contextChanged(),
                        held.seen(),
                        held.stated(),
                        held.proposals(),
                        Stream.concat(held.discrepancies().stream(), added)
                                .distinct()
                                .toList()));
    }

    /** The same draft; what models say otherwise now is what later facts are held against. */
    static Draft answered(Draft draft) {
        Held held = draft.held();
        Map<UUID, Stated> stated = new LinkedHashMap<>();
        held.stated().forEach(each -> stated.put(each.findingId(), each));
        for (Discrepancy each : held.discrepancies()) {
            if (each.signed() != null) {
                stated.remove(each.signed().findingId());
            }
            if (each.came() != null) {
                stated.put(each.came().findingId(), each.came());
            }
        }
        return draft.keptBeside(
                draft,
                new Held(
                        held.contextDigest(),
                        held.contextChanged(),
                        held.seen(),
                        List.copyOf(stated.values()),
                        held.proposals(),
                        List.of()));
    }

    private static Held held(Draft draft) {
        return draft.held() != null
                ? draft.held()
                : new Held(draft.contextDigest(), false, seen(draft), stated(draft), List.of(), List.of());
    }

    private static List<Seen> seen(Draft draft) {
        List<Seen> seen = new ArrayList<>();
        draft.sections()
                .forEach((section, sentences) -> sentences.stream()
                        .filter(sentence -> !ofWording(sentence))
                        .forEach(sentence -> seen.add(seen(section, sentence, draft.contextDigest()))));
        return seen;
    }

    /** Tells whose words they are: no fact that could go. */
    private static boolean ofWording(Sentence sentence) {
        return sentence instanceof Sentence.Notice notice
                && notice.evidence().stream().anyMatch(each -> each.code().equals(Evidence.OfProcess.WORDED));
    }

    /** A drafted sentence about which nobody has decided. */
    static Seen seen(Section section, Sentence sentence, String contextDigest) {
        return new Seen(section, sentence.id(), content(sentence, contextDigest), findings(sentence), null, false);
    }

    static List<Stated> stated(Sentence sentence) {
        return sentence.evidence().stream()
                .filter(Evidence.OfFinding.class::isInstance)
                .map(each -> Stated.of((Evidence.OfFinding) each))
                .toList();
    }

    private static List<Stated> stated(Draft draft) {
        Map<UUID, Stated> stated = new LinkedHashMap<>();
        draft.sections().values().stream()
                .flatMap(List::stream)
                .flatMap(sentence -> stated(sentence).stream())
                .forEach(each -> stated.putIfAbsent(each.findingId(), each));
        return List.copyOf(stated.values());
    }

    private static List<Proposal> proposals(Draft current, Held held, Draft newer) {
        Map<UUID, Seen> unmet = held.seen().stream()
                .collect(Collectors.toMap(Seen::sentenceId, each -> each, (a, b) -> a, LinkedHashMap::new));
        List<UUID> said = current.sections().values().stream()
                .flatMap(List::stream)
                .map(Sentence::id)
                .toList();
        Set<UUID> restated = Restated.of(held, newer);
        List<Proposal> proposals = new ArrayList<>();
        newer.sections().forEach((section, sentences) -> {
            for (Sentence sentence : sentences) {
                Seen before = unmet.remove(sentence.id());
                UUID content = content(sentence, newer.contextDigest());
                boolean news = before == null || !before.content().equals(content);
                if (news && !restated.contains(sentence.id())) {
                    Proposal.Kind kind = said.contains(sentence.id()) ? Proposal.Kind.CHANGED : Proposal.Kind.ADDED;
                    proposals.add(
                            new Proposal(id(kind, sentence.id(), content), kind, section, sentence.id(), sentence));
                }
            }
        });
        for (Seen gone : unmet.values()) {
            if (said.contains(gone.sentenceId()) && !restated.contains(gone.sentenceId())) {
                proposals.add(new Proposal(
                        id(Proposal.Kind.GONE, gone.sentenceId(), gone.content()),
                        Proposal.Kind.GONE,
                        gone.section(),
                        gone.sentenceId(),
                        null));
            }
        }
        return proposals;
    }

    private static UUID id(Proposal.Kind kind, UUID sentence, UUID content) {
        return Ids.v5("proposal", kind.name(), sentence.toString(), content.toString());
    }

    private static List<Discrepancy> discrepancies(List<Stated> signed, List<Stated> came) {
        Map<String, Stated> unmet = new LinkedHashMap<>();
        signed.forEach(each -> unmet.putIfAbsent(subject(each), each));
        List<Discrepancy> discrepancies = new ArrayList<>();
        for (Stated now : came) {
            Stated then = unmet.remove(subject(now));
            if (then == null) {
                discrepancies.add(new Discrepancy(Discrepancy.Kind.ADDED, null, now));
            } else if (then.presence() != now.presence()) {
                discrepancies.add(new Discrepancy(Discrepancy.Kind.PRESENCE, then, now));
            } else if (!Certainty.standard().alike(now.presence(), then.probability(), now.probability())) {
                discrepancies.add(new Discrepancy(Discrepancy.Kind.PROBABILITY, then, now));
            }
        }
        unmet.values().forEach(gone -> discrepancies.add(new Discrepancy(Discrepancy.Kind.GONE, gone, null)));
        return discrepancies;
    }

    /** What a finding is about, whichever images it was read from. */
    private static String subject(Stated finding) {
        return finding.model().deployment() + " " + finding.name() + " " + finding.laterality();
    }

    private static List<UUID> findings(Sentence sentence) {
        return stated(sentence).stream().map(Stated::findingId).distinct().toList();
    }

    /**
     * Equal for sentences that say the same. Of a claim what models said counts, not how it is worded; which revision of the images it
     * was counts for none.
     */
    private static UUID content(Sentence sentence, String contextDigest) {
        List<String> parts =
                new ArrayList<>(List.of("content", sentence.getClass().getSimpleName()));
        if (sentence instanceof Sentence.Worded worded && !(sentence instanceof Sentence.Claim)) {
            parts.add(worded.text());
        } else if (sentence instanceof Sentence.Quotation quotation) {
            parts.add(quotation.field().name());
            parts.add(String.valueOf(contextDigest));
        }
        for (Evidence evidence : sentence.evidence()) {
            Evidence.OfFinding finding = evidence instanceof Evidence.OfPrior prior
                    ? prior.finding()
                    : evidence instanceof Evidence.OfFinding own ? own : null;
            if (finding != null) {
                parts.add(finding.findingId() + " " + finding.presence() + " " + finding.probability());
            }
        }
        return Ids.v5(parts.toArray(String[]::new));
    }
}
