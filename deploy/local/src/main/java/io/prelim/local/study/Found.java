package io.prelim.local.study;

import java.nio.file.Path;
import java.util.List;

/**
 * What was found below some paths.
 *
 * @param studies in the order their first object was found
 * @param skipped files that cannot be sent
 */
public record Found(List<Study> studies, List<Skipped> skipped) {
    public Found {
        studies = List.copyOf(studies);
        skipped = List.copyOf(skipped);
    }

    /**
     * @param why for people
     * @param asked whether the file was named itself, rather than found in a folder
     */
    public record Skipped(Path file, String why, boolean asked) {}
}
