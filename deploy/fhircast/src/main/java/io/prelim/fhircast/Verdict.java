package io.prelim.fhircast;

/** Ends a check before its end: it failed, or does not apply. */
final class Verdict extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Result.Outcome outcome;

    private Verdict(Result.Outcome outcome, String found) {
        super(found, null, false, false);
        this.outcome = outcome;
    }

    static Verdict fail(String found) {
        return new Verdict(Result.Outcome.FAIL, found);
    }

    static Verdict skip(String why) {
        return new Verdict(Result.Outcome.SKIPPED, why);
    }

    Result.Outcome outcome() {
        return outcome;
    }
}
