package io.prelim.local.stack;

/** A service: one process. */
public enum Part {
    INGEST("ingest", Port.INGEST),
    INFERENCE("inference", Port.INFERENCE),
    REPORT("report", Port.REPORT);

    private final String label;
    private final Port http;

    Part(String label, Port http) {
        this.label = label;
        this.http = http;
    }

    public String label() {
        return label;
    }

    /** Where its health, metrics and API are. */
    public Port http() {
        return http;
    }

    /** Below the project's root, after a build. */
    String application() {
        return label + "-service/target/quarkus-app/quarkus-run.jar";
    }
}
