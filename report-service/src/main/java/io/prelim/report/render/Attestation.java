package io.prelim.report.render;

import io.prelim.events.ReportChanged.Status;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a reader did, by which a report became what it is.
 *
 * @param act what it became by it: any status but {@code DRAFT}
 * @param by  the reader's id, as they gave it
 */
public record Attestation(Status act, String by, Instant at) {
    private static final Set<Status> SIGNING = Set.of(Status.SIGNED, Status.ADDENDED, Status.CORRECTED);

    /**
     * Those that a version rests on, of all that were done until then: of a draft none, and the last review alone.
     *
     * @param done the earliest first
     */
    static List<Attestation> of(Status status, List<Attestation> done) {
        if (status == Status.DRAFT) {
            return List.of();
        }
        Attestation review = last(done, Set.of(Status.REVIEWED));
        return done.stream()
                .filter(each -> each.act != Status.REVIEWED || each == review)
                .toList();
    }

    /** Who answers for the words as a whole: who signed or corrected them last, or else reviewed them; null for nobody. */
    public static Attestation principal(List<Attestation> readers) {
        Attestation signed = last(readers, Set.of(Status.SIGNED, Status.CORRECTED));
        return signed == null ? last(readers, Set.of(Status.REVIEWED)) : signed;
    }

    /**
     * Everyone who answers for words: who signed, corrected or added, or else reviewed. Each once, with what they did last; the earliest
     * reader first.
     */
    public static List<Attestation> responsible(List<Attestation> readers) {
        boolean signed = readers.stream().anyMatch(each -> SIGNING.contains(each.act));
        Map<String, Attestation> each = new LinkedHashMap<>();
        readers.stream()
                .filter(done -> signed ? SIGNING.contains(done.act) : done.act == Status.REVIEWED)
                .forEach(done -> each.put(done.by, done));
        return List.copyOf(each.values());
    }

    private static Attestation last(List<Attestation> readers, Set<Status> acts) {
        return readers.stream()
                .filter(each -> acts.contains(each.act))
                .reduce((earlier, later) -> later)
                .orElse(null);
    }
}
