package io.prelim.ingest.assembly;

/** What was seen of a sender since its {@link LongestGaps} were last brought up to date. Not safe for use by several threads. */
public final class SeenGaps {
    private final double[] moved = new double[LongestGaps.BUCKETS];
    private long studies;
    private long gaps;

    /** The first images of a study, together: no gap so far. */
    public void study(long images) {
        studies++;
        gaps += images - 1;
        moved[0]++;
    }

    /**
     * Further images of a study, together.
     *
     * @param millis   since the one before them
     * @param longest  gap of the study so far, milliseconds; 0 for none
     */
    public void images(long images, long millis, long longest) {
        gaps += images;
        int from = LongestGaps.bucket(longest);
        int to = LongestGaps.bucket(millis);
        if (to > from) {
            moved[from]--;
            moved[to]++;
        }
    }

    /** Takes another's in, when they could not be kept. */
    public void add(SeenGaps other) {
        studies += other.studies;
        gaps += other.gaps;
        for (int bucket = 0; bucket < moved.length; bucket++) {
            moved[bucket] += other.moved[bucket];
        }
    }

    long studies() {
        return studies;
    }

    long gaps() {
        return gaps;
    }

    double moved(int bucket) {
        return moved[bucket];
    }
}
