package io.prelim.dicom.net.transport;

import java.time.Duration;

/**
 * How long a {@link DicomServer} waits.
 *
 * @param artim from connection to A-ASSOCIATE-RQ (PS3.8 section 9.1.5)
 * @param idle without a message on an established association, and without an answer that is due
 * @param message for one message to come in whole, and again for its answer
 * @param closeGrace for running messages when the server closes; may be zero
 */
public record Timeouts(Duration artim, Duration idle, Duration message, Duration closeGrace) {
    /** 30 s ARTIM, 5 min idle and per message, 10 s for what runs at the end. */
    public static final Timeouts DEFAULT =
            new Timeouts(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofSeconds(10));

    public Timeouts {
        positive(artim, "artimTimeout");
        positive(idle, "idleTimeout");
        positive(message, "messageTimeout");
        if (closeGrace.isNegative()) {
            throw new IllegalArgumentException("closeGrace must not be negative");
        }
    }

    private static void positive(Duration duration, String name) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(name + " must be positive");
        }
    }
}
