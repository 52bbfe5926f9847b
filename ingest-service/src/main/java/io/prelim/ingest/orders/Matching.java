package io.prelim.ingest.orders;

import io.prelim.events.Phi;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether a study was made for an order. They have to do with each other when they name the same study or accession number; they match
 * when they also name the same patient. Whatever contradicts is said, and nothing of the order is then taken for the study's. Pure.
 */
final class Matching {
    private Matching() {}

    /** How an order and a study that have to do with each other stand. */
    enum State {
        MATCHED,
        /** Neither an id of one issuer, nor a birth date and name, says that they are of one patient; nor that they are not. */
        UNCONFIRMED,
        DIFFERS
    }

    /** What may contradict. */
    enum Difference {
        ACCESSION_NUMBER,
        PATIENT_ID,
        BIRTH_DATE,
        PATIENT_NAME,
        SEX
    }

    /** @param differs empty unless {@link State#DIFFERS} */
    record Verdict(State state, Set<Difference> differs) {
        Verdict {
            differs = differs.isEmpty() ? Set.of() : EnumSet.copyOf(differs);
        }

        /** Names of what differs, for people and for the database: {@code birth-date,sex}. */
        String differing() {
            return differs.stream()
                    .map(each -> each.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .sorted()
                    .collect(Collectors.joining(","));
        }
    }

    /**
     * One side of it; null where it does not say.
     *
     * @param issuer of the patient's id
     */
    record Side(
            String accessionIssuer,
            Phi<String> accessionNumber,
            String issuer,
            Phi<String> patientId,
            Phi<String> patientName,
            Phi<String> birthDate,
            String sex) {}

    /** @param merged whether both patient ids are of one patient because a merge says so */
    static Verdict decide(Side order, Side study, boolean merged) {
        EnumSet<Difference> differs = EnumSet.noneOf(Difference.class);
        if (same(order.accessionIssuer(), study.accessionIssuer())
                && contradict(order.accessionNumber(), study.accessionNumber())) {
            differs.add(Difference.ACCESSION_NUMBER);
        }
        boolean comparable = merged
                || (study.patientId() != null && order.patientId() != null && same(order.issuer(), study.issuer()));
        boolean sameId = merged || (comparable && order.patientId().equals(study.patientId()));
        if (comparable && !sameId) {
            differs.add(Difference.PATIENT_ID);
        }
        if (contradict(order.birthDate(), study.birthDate())) {
            differs.add(Difference.BIRTH_DATE);
        }
        String orderedName = name(order.patientName());
        String studyName = name(study.patientName());
        if (!sameId) {
            // who has the same id may have married, or had their sex corrected
            if (contradict(orderedName, studyName)) {
                differs.add(Difference.PATIENT_NAME);
            }
            if (contradict(order.sex(), study.sex())) {
                differs.add(Difference.SEX);
            }
        }
        if (!differs.isEmpty()) {
            return new Verdict(State.DIFFERS, differs);
        }
        boolean sameNameAndBirthDate = same(orderedName, studyName) && same(order.birthDate(), study.birthDate());
        return new Verdict(sameId || sameNameAndBirthDate ? State.MATCHED : State.UNCONFIRMED, Set.of());
    }

    /** Family and given name of the first component group, whatever the case; null when there is none. */
    private static String name(Phi<String> name) {
        if (name == null) {
            return null;
        }
        String alphabetic = name.reveal().split("=", 2)[0];
        String[] parts = alphabetic.split("\\^", -1);
        String both = parts[0].strip() + "^" + (parts.length > 1 ? parts[1].strip() : "");
        return both.equals("^") ? null : both.toUpperCase(Locale.ROOT);
    }

    private static boolean same(Object one, Object other) {
        return one != null && one.equals(other);
    }

    private static boolean contradict(Object one, Object other) {
        return one != null && other != null && !one.equals(other);
    }
}
