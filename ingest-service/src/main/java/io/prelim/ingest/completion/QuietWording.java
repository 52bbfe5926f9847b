package io.prelim.ingest.completion;

import io.prelim.ingest.index.StudyRow;
import java.util.Locale;
import java.util.Optional;

/** Says in the ledger how long a study was waited for, where that was learned. Pure. */
final class QuietWording {
    private QuietWording() {}

    /** Such as {@code quiet period 4.2 s, learned from 5 312 gaps of this sender; set is 30 s}; empty when it was set. */
    static Optional<String> of(StudyRow study) {
        return study.quietGaps() == null
                ? Optional.empty()
                : Optional.of(line(study.quietMillis(), study.quietGaps(), study.quietSetMillis()));
    }

    static String line(long millis, long gaps, long setMillis) {
        return "quiet period " + seconds(millis) + ", learned from "
                + String.format(Locale.ROOT, "%,d", gaps).replace(',', ' ') + " gaps of this sender; set is "
                + seconds(setMillis);
    }

    private static String seconds(long millis) {
        return millis % 1000 == 0 ? millis / 1000 + " s" : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
}
