package io.prelim.ingest.hint;

import java.util.List;
import java.util.UUID;

/**
 * Instances that somebody says belong to a study.
 *
 * @param sopInstanceUid of the procedure step or notification
 * @param studies        that they are of; where there are several it is not said which is of which
 * @param instances      SOP Instance UIDs, each once
 * @param all            whether a study is complete when these are here
 */
public record Announcement(
        Source source, String sopInstanceUid, List<UUID> studies, List<String> instances, boolean all) {
    /** Who says so. */
    public enum Source {
        /** A completed performed procedure step (PS3.4 annex F.7). */
        PROCEDURE_STEP("mpps", "procedure step COMPLETED, its %d instances are here"),
        /** An Instance Availability Notification (PS3.4 annex R). */
        AVAILABILITY("ian", "notified of %d instances ONLINE, and they are here");

        private final String code;
        private final String text;

        Source(String code, String text) {
            this.code = code;
            this.text = text;
        }

        /** As the database has it. */
        String code() {
            return code;
        }

        String said(long instances) {
            return String.format(text, instances);
        }

        static Source of(String code) {
            return code.equals(PROCEDURE_STEP.code) ? PROCEDURE_STEP : AVAILABILITY;
        }
    }

    public Announcement {
        studies = List.copyOf(studies);
        instances = List.copyOf(instances);
    }

    /** None when nothing follows from it. */
    List<String> awaited() {
        return all ? instances : List.of();
    }

    /** WAITING, or NONE when nothing follows from it. */
    String state() {
        return all && !instances.isEmpty() ? "WAITING" : "NONE";
    }
}
