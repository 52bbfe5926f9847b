package io.prelim.local.study;

import java.nio.file.Path;
import java.util.List;

/**
 * How the sending of a study went.
 *
 * @param stored objects answered with success or a warning
 * @param refused objects answered otherwise, or not sent
 */
public record Sent(int stored, List<Refused> refused) {
    public Sent {
        refused = List.copyOf(refused);
    }

    /** @param why for people: status and Error Comment, or what stood in the way */
    public record Refused(Path file, String why) {}
}
