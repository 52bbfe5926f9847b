package io.prelim.ingest.index;

import java.util.List;

/** Is told what new images came when, after that is committed; quick, and never throws. */
public interface Arrivals {
    /**
     * New images of one study, together.
     *
     * @param sender   of the first of them
     * @param modality of the first of them; null where it does not say
     * @param images   how many, at least 1
     * @param gapMillis since the study's image before them; null for its first
     * @param longestMillis longest such gap of the study before, 0 for none
     */
    record Arrival(String sender, String modality, long images, Long gapMillis, long longestMillis) {}

    void arrived(List<Arrival> arrivals);
}
