package io.prelim.local.stack;

/** What listens on this machine, each on loopback, and the environment variable that moves it. */
public enum Port {
    DICOM("DICOM (AE title PRELIM)", "PRELIM_DICOM_PORT", 11112),
    REPORT("report API", "PRELIM_REPORT_PORT", 8080),
    INGEST("ingest API", "PRELIM_INGEST_PORT", 8081),
    INFERENCE("inference health and metrics", "PRELIM_INFERENCE_PORT", 8082),
    KAFKA("Kafka broker", "PRELIM_KAFKA_PORT", 9092),
    POSTGRES("PostgreSQL", "PRELIM_POSTGRES_PORT", 5433);

    private final String purpose;
    private final String variable;
    private final int standard;

    Port(String purpose, String variable, int standard) {
        this.purpose = purpose;
        this.variable = variable;
        this.standard = standard;
    }

    /** For people. */
    public String purpose() {
        return purpose;
    }

    /** The environment variable that holds another number. */
    public String variable() {
        return variable;
    }

    /** The number used when the variable is not set. */
    public int standard() {
        return standard;
    }
}
