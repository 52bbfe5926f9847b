package io.prelim.ingest.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides what a study waits for. Pure. */
public final class Waits {
    private Waits() {}

    /**
     * What a study waits for: images of its next revision, and what becomes of the current one.
     *
     * @param longest after which whatever should go on by itself stands still; models have that much after their deadline
     * @return none, one or two
     */
    static List<Wait> of(Standing study, Duration longest) {
        if (study.prior() || study.gone()) {
            return List.of();
        }
        List<Wait> waits = new ArrayList<>();
        next(study, longest).ifPresent(waits::add);
        current(study, longest).ifPresent(waits::add);
        return waits;
    }

    private static Optional<Wait> next(Standing study, Duration longest) {
        Instant now = study.now();
        if (study.dueAt() != null && study.dueAt().isAfter(now)) {
            Instant since = study.lastInstanceAt() == null ? study.dueAt() : study.lastInstanceAt();
            return wait(study, longest, Wait.For.QUIET_PERIOD, since, study.dueAt(), "assembled, if no image comes");
        }
        if (study.dueAt() != null) {
            boolean taken = study.takenUntil() != null && study.takenUntil().isAfter(now);
            String next = taken ? "being assembled; taken by another after that" : "assembled at the next look";
            return wait(study, longest, Wait.For.ASSEMBLY, study.dueAt(), taken ? study.takenUntil() : null, next);
        }
        if (study.unassembled() && study.lastInstanceAt() != null) {
            return wait(study, longest, Wait.For.DUE, study.lastInstanceAt(), null, "made due by the reconciler");
        }
        return Optional.empty();
    }

    private static Optional<Wait> current(Standing study, Duration longest) {
        if (study.revision() == 0 || study.drafted()) {
            return Optional.empty();
        }
        Standing.Told told = study.told();
        Standing.Plan plan = study.plan();
        if (told == null && plan == null) {
            return study.completedAt() == null
                    ? Optional.empty()
                    : wait(
                            study,
                            longest,
                            Wait.For.EVENT,
                            study.completedAt(),
                            null,
                            "assembled anew, as the next revision");
        }
        if (told != null && told.refused() && plan == null) {
            return wait(study, longest, Wait.For.REFUSED, told.at(), null, "nothing by itself: see INGEST-5003");
        }
        if (told != null && told.sends() == 0 && plan == null) {
            String next = told.failures() == 0 ? "sent" : "sent again, after attempts in vain: " + told.failures();
            return wait(study, longest, Wait.For.BROKER, told.at(), told.nextSendAt(), next);
        }
        if (plan == null) {
            return wait(study, longest, Wait.For.PLAN, told.at(), told.nextSendAt(), again(told));
        }
        if (plan.open() > 0) {
            String next = "models that must answer and have not: " + plan.open() + " of " + plan.active()
                    + "; failed without an answer after that";
            return wait(study, longest, Wait.For.ANSWERS, plan.at(), plan.deadline(), next);
        }
        Instant since = plan.analyzedAt() == null ? plan.at() : plan.analyzedAt();
        return told == null || told.nextSendAt() == null
                ? wait(study, longest, Wait.For.REPORT, since, null, "settled by report-service")
                : wait(study, longest, Wait.For.REPORT, since, told.nextSendAt(), again(told));
    }

    private static String again(Standing.Told told) {
        return "told again, which asks for it; told so far: " + told.sends();
    }

    private static Optional<Wait> wait(
            Standing study, Duration longest, Wait.For what, Instant since, Instant by, String next) {
        int revision = what.compareTo(Wait.For.ASSEMBLY) > 0 ? study.revision() : study.revision() + 1;
        return Optional.of(Wait.of(what, revision, since, by, next, study.now(), longest));
    }
}
