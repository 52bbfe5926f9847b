package io.prelim.inference.log;

import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Every message an operator may meet, by number. A message says what; the key-values that follow say which (also as fields of the JSON
 * log). No payload and no identity is ever a value.
 */
public enum OperatorMessage {
    STARTED("PIF0001", Logger.Level.INFO, "Inference service started"),
    PACKAGE_REFUSED("PIF0002", Logger.Level.ERROR, "Model package refused, its model is not in service"),
    CARD_UNUSABLE("PIF0003", Logger.Level.WARN, "Model runs as shadow: its card is missing, unreadable or expired"),
    MODEL_IN_SERVICE("PIF0004", Logger.Level.INFO, "Model in service"),
    NO_PARTS_TOKEN("PIF0005", Logger.Level.WARN, "No prelim.parts.token is set: ingest will refuse every image"),
    PACKAGES_NOT_FOUND("PIF0006", Logger.Level.ERROR, "Configured place of model packages cannot be read"),
    MODEL_RETIRED("PIF0008", Logger.Level.INFO, "Model retired, no study is planned for it any more"),
    MODEL_GONE(
            "PIF0009", Logger.Level.INFO, "Retired model gone: its jobs are answered, its threads and sessions closed"),
    PACKAGES_LOOK_BROKE("PIF0010", Logger.Level.ERROR, "Looking for model packages broke, it is tried again"),
    NO_EVIDENCE_URL("PIF0011", Logger.Level.INFO, "No prelim.evidence.url is set: no evidence is made"),
    NO_EVIDENCE_TOKEN("PIF0012", Logger.Level.WARN, "No prelim.evidence.token is set: report will refuse all evidence"),
    PROVIDER_UNAVAILABLE(
            "PIF0013",
            Logger.Level.ERROR,
            "The configured execution provider cannot be opened, no model runs: set prelim.inference.provider to auto or cpu,"
                    + " or see to driver and build"),
    PROVIDER_FELL_BACK("PIF0014", Logger.Level.WARN, "Execution provider cannot be opened, models run on CPU"),
    STUDY_PLANNED("PIF0101", Logger.Level.INFO, "Study planned"),
    PLANNING_WAITS("PIF0102", Logger.Level.WARN, "Planning waits, plans could not be written to Kafka"),
    STUDY_ANALYZED("PIF0201", Logger.Level.INFO, "Study analysed"),
    ANALYSIS_FAILED("PIF0202", Logger.Level.WARN, "Analysis failed"),
    ANALYSIS_BROKE("PIF0203", Logger.Level.ERROR, "Analysis broke unexpectedly, answered as failed"),
    OUTCOME_WAITS("PIF0204", Logger.Level.WARN, "Outcome waits, it could not be written to Kafka"),
    PART_RETRY("PIF0205", Logger.Level.WARN, "Part could not be fetched, trying again"),
    HOST_ENDED("PIF0206", Logger.Level.WARN, "Process of a model ended, it is started again when it is needed"),
    MODEL_QUARANTINED("PIF0207", Logger.Level.ERROR, "Model quarantined: its processes end one after the other"),
    MODEL_READMITTED("PIF0208", Logger.Level.INFO, "Model answers again"),
    EVIDENCE_RETRY("PIF0209", Logger.Level.WARN, "Evidence could not be stored, trying again"),
    EVIDENCE_FAILED("PIF0210", Logger.Level.ERROR, "Evidence could not be stored, its finding goes out without it"),
    EVIDENCE_UNMADE("PIF0211", Logger.Level.WARN, "Evidence could not be made, its findings go out without it"),
    EVIDENCE_BROKE("PIF0212", Logger.Level.ERROR, "Evidence broke unexpectedly, its findings go out without it"),
    MASK_TOO_LARGE("PIF0213", Logger.Level.WARN, "Mask of a finding not kept, its file would be too large"),
    RECORD_PARKED("PIF0301", Logger.Level.ERROR, "Unreadable record parked, its partition moves on"),
    TOPICS_WAIT("PIF0302", Logger.Level.WARN, "Topics could not be created, trying again"),
    CONSUMER_BROKE("PIF0303", Logger.Level.ERROR, "Kafka consumer broke, it starts again"),
    DRAINING("PIF0401", Logger.Level.INFO, "Draining: what is in hand is finished"),
    DRAINED("PIF0402", Logger.Level.INFO, "Drained"),
    DRAIN_TIMEOUT("PIF0403", Logger.Level.WARN, "Drain took too long; what was in hand will be delivered again");

    private static final Logger LOG = Logger.getLogger("io.prelim.inference");

    private final String number;
    private final Logger.Level level;
    private final String text;

    OperatorMessage(String number, Logger.Level level, String text) {
        this.number = number;
        this.level = level;
        this.text = text;
    }

    public String number() {
        return number;
    }

    /** @param keyValues key, value, key, value… */
    public void log(Object... keyValues) {
        log(null, keyValues);
    }

    /** @param cause its stack trace follows; null for none */
    public void log(Throwable cause, Object... keyValues) {
        if (!LOG.isEnabled(level)) {
            return;
        }
        StringBuilder line = new StringBuilder(number).append(' ').append(text);
        MDC.put("code", number);
        try {
            for (int i = 0; i + 1 < keyValues.length; i += 2) {
                String key = String.valueOf(keyValues[i]);
                String value = String.valueOf(keyValues[i + 1]);
                MDC.put(key, value);
                line.append(' ').append(key).append('=').append(value);
            }
            LOG.log(level, line, cause);
        } finally {
            MDC.remove("code");
            for (int i = 0; i + 1 < keyValues.length; i += 2) {
                MDC.remove(String.valueOf(keyValues[i]));
            }
        }
    }
}
