package io.prelim.report.compare;

import io.prelim.events.Code;
import io.prelim.events.Finding;
import io.prelim.events.Finding.Presence;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How two models judge one finding, over the studies in which both say present or absent.
 *
 * @param agreement      share of studies in which both say the same, 0 to 1
 * @param kappa          agreement beyond chance (Cohen 1960), at most 1; null when chance alone makes it certain
 * @param scores         calibrated probabilities of this model
 * @param otherScores    of the other
 * @param meanDifference of the probabilities, this less the other's
 */
public record FindingAgreement(
        Code code,
        int studies,
        int bothPresent,
        int bothAbsent,
        int onlyThisPresent,
        int onlyOtherPresent,
        double agreement,
        Double kappa,
        Scores scores,
        Scores otherScores,
        double meanDifference) {

    /**
     * How probabilities are distributed.
     *
     * @param histogram studies in each twentieth of 0 to 1, ascending; 1 is in the last
     */
    public record Scores(double mean, List<Integer> histogram) {}

    /** Counts study by study. */
    static final class Tally {
        private static final int BINS = 20;

        private final Code code;
        private final int[] cells = new int[4];
        private final int[][] histograms = new int[2][BINS];
        private final double[] sums = new double[2];

        Tally(Code code) {
            this.code = code;
        }

        void add(Finding one, Finding other) {
            if (!judged(one) || !judged(other)) {
                return;
            }
            cells[(one.presence() == Presence.PRESENT ? 2 : 0) + (other.presence() == Presence.PRESENT ? 1 : 0)]++;
            score(0, one.probability());
            score(1, other.probability());
        }

        FindingAgreement result() {
            int studies = IntStream.of(cells).sum();
            double agreement = share(cells[3] + cells[0], studies);
            double present = share(cells[3] + cells[2], studies);
            double otherPresent = share(cells[3] + cells[1], studies);
            double chance = present * otherPresent + (1 - present) * (1 - otherPresent);
            return new FindingAgreement(
                    code,
                    studies,
                    cells[3],
                    cells[0],
                    cells[2],
                    cells[1],
                    agreement,
                    chance == 1 ? null : (agreement - chance) / (1 - chance),
                    scores(0, studies),
                    scores(1, studies),
                    share(sums[0], studies) - share(sums[1], studies));
        }

        boolean isEmpty() {
            return IntStream.of(cells).sum() == 0;
        }

        private static boolean judged(Finding finding) {
            return finding.presence() == Presence.PRESENT || finding.presence() == Presence.ABSENT;
        }

        private void score(int model, double probability) {
            histograms[model][Math.max(0, Math.min(BINS - 1, (int) (probability * BINS)))]++;
            sums[model] += probability;
        }

        private Scores scores(int model, int studies) {
            List<Integer> histogram = new ArrayList<>();
            for (int count : histograms[model]) {
                histogram.add(count);
            }
            return new Scores(share(sums[model], studies), List.copyOf(histogram));
        }

        private static double share(double part, int whole) {
            return whole == 0 ? 0 : part / whole;
        }
    }
}
