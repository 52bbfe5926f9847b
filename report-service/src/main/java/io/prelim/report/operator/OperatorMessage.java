package io.prelim.report.operator;

import org.jboss.logging.Logger;

/** Every message an operator may see. A number is never used again for something else. */
public enum OperatorMessage {
    STARTED(1001, Logger.Level.INFO, "report service started"),
    HOST_REFUSED(1002, Logger.Level.FATAL, "refused to start: other machines would reach what nobody guards"),
    TEMPLATES_REFUSED(
            1003,
            Logger.Level.FATAL,
            "refused to start: a file of prelim.report.templates.folder cannot be used; mend it or take it away"),
    TEMPLATES_CHANGED(1004, Logger.Level.INFO, "templates were read again and are in force"),
    TEMPLATES_KEPT(
            1005,
            Logger.Level.ERROR,
            "a file of prelim.report.templates.folder cannot be used; the last good templates stay in force"),
    ARCHIVE_SETTINGS_REFUSED(
            1006,
            Logger.Level.FATAL,
            "refused to start: the settings of an archive do not fit together; see prelim.report.archive"),
    ACCESS_OPEN(
            1010,
            Logger.Level.WARN,
            "no authentication is configured: anybody on this machine has every role; see prelim.access.mode"),
    USERS_REFUSED(1011, Logger.Level.FATAL, "refused to start: the file of users cannot be used"),
    USERS_CHANGED(1012, Logger.Level.INFO, "the file of users was read again and is in force"),
    USERS_KEPT(1013, Logger.Level.ERROR, "the file of users cannot be used; the last good users stay in force"),
    GLASS_BROKEN(
            1014, Logger.Level.WARN, "a reader looked at a report of another site; the reason is in the audit events"),
    REFUSAL_NOT_RECORDED(1015, Logger.Level.ERROR, "a refused request could not be recorded"),
    VERSION_WRITTEN(2001, Logger.Level.INFO, "report version written"),
    DEADLINE_PASSED(2002, Logger.Level.WARN, "answers are overdue, report drafted without them"),
    RECORD_PARKED(3001, Logger.Level.ERROR, "record could not be handled and was parked"),
    INTAKE_PAUSED(3002, Logger.Level.WARN, "intake is paused by a transient fault"),
    INTAKE_RESUMED(3003, Logger.Level.INFO, "intake resumed"),
    RELAY_PAUSED(4001, Logger.Level.WARN, "report changes could not be published, will be sent again"),
    RELAY_RESUMED(4002, Logger.Level.INFO, "report changes are published again"),
    STREAM_PAUSED(5001, Logger.Level.WARN, "event stream cannot read the event log"),
    STREAM_RESUMED(5002, Logger.Level.INFO, "event stream reads the event log again"),
    CLIENT_CUT(5003, Logger.Level.WARN, "stream client took nothing for too long and was cut"),
    WATCH_PAUSED(6001, Logger.Level.WARN, "deadlines cannot be checked"),
    WATCH_RESUMED(6002, Logger.Level.INFO, "deadlines are checked again"),
    EVIDENCE_SWEPT(6003, Logger.Level.INFO, "evidence that no outcome named in time was removed"),
    REQUEST_FAILED(7001, Logger.Level.ERROR, "request failed"),
    DESTINATION_UNREACHABLE(
            8001, Logger.Level.WARN, "a destination cannot be reached or takes nothing, results wait for it"),
    DESTINATION_REACHED(8002, Logger.Level.INFO, "a destination takes results again"),
    DELIVERY_SENT(8003, Logger.Level.INFO, "a destination has a result"),
    DELIVERY_REFUSED(
            8004,
            Logger.Level.ERROR,
            "a destination refused a result for good; once its cause is mended, POST /api/destinations/NAME/retry sends"
                    + " it again"),
    DELIVERY_POSTPONED(8005, Logger.Level.WARN, "a destination could not take a result now, it is sent again later"),
    DELIVERY_BYTES_DIFFER(
            8006, Logger.Level.WARN, "a result that is sent again is written otherwise than at its first attempt"),
    DELIVERY_GAP(
            8007,
            Logger.Level.ERROR,
            "changes left the event log before they were queued for a destination: they are not sent"),
    DELIVERIES_PAUSED(8008, Logger.Level.WARN, "results for a destination cannot be read or queued"),
    DELIVERIES_RESUMED(8009, Logger.Level.INFO, "results for a destination are queued again"),
    WRITER_REFUSED(
            9001, Logger.Level.FATAL, "refused to start: the writer of narratives cannot be used as it is configured"),
    NARRATIVE_REFUSED(9002, Logger.Level.INFO, "what the writer wrote was not taken; the draft keeps its own words"),
    NARRATIVES_PAUSED(9003, Logger.Level.WARN, "narratives cannot be asked for"),
    NARRATIVES_RESUMED(9004, Logger.Level.INFO, "narratives are asked for again"),
    NEIGHBOUR_REFUSED(
            9201,
            Logger.Level.FATAL,
            "refused to start: the address of a service that the reading room asks cannot be used"),
    URGENT_CODES_SET(9202, Logger.Level.INFO, "other findings are urgent now, reports that wait were weighed again"),
    FHIRCAST_CUT(9301, Logger.Level.WARN, "FHIRcast subscriber took nothing for too long and was cut"),
    FHIRCAST_PAUSED(9302, Logger.Level.WARN, "reports for FHIRcast sessions cannot be read"),
    FHIRCAST_RESUMED(9303, Logger.Level.INFO, "reports for FHIRcast sessions are read again"),
    FHIRCAST_NOT_SHARED(9304, Logger.Level.ERROR, "a report could not be shared in a FHIRcast session"),
    DESTINATION_SETTINGS_REFUSED(
            9401,
            Logger.Level.FATAL,
            "refused to start: the settings of a destination cannot be used; see prelim.report.mllp,"
                    + " prelim.report.webhook and prelim.report.egress"),
    DESTINATION_DISABLED(
            9402,
            Logger.Level.ERROR,
            "a destination wants nothing any more and is left alone; POST /api/destinations/NAME/retry sends to it again"),
    DELIVERY_SKIPPED(9403, Logger.Level.INFO, "a result that was never sent was left out for a newer version"),
    WEBHOOK_REGISTERED(9404, Logger.Level.INFO, "a webhook was registered"),
    WEBHOOK_REMOVED(9405, Logger.Level.INFO, "a webhook was removed; what waits for it is not sent");

    private final int number;
    private final Logger.Level level;
    private final String text;

    OperatorMessage(int number, Logger.Level level, String text) {
        this.number = number;
        this.level = level;
        this.text = text;
    }

    /** {@code PRELIM-REPORT-1001}. */
    public String id() {
        return "PRELIM-REPORT-" + number;
    }

    Logger.Level level() {
        return level;
    }

    /** What happened; which one is in the key-values. */
    public String text() {
        return text;
    }
}
