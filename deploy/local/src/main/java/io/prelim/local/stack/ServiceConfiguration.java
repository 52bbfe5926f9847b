package io.prelim.local.stack;

import io.prelim.testkit.host.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The configuration of one service.
 *
 * @param properties given on the command line, where every user of the machine can read it
 * @param environment secrets, given in the environment, which only the process's owner can read
 */
record ServiceConfiguration(Map<String, String> properties, Map<String, String> environment) {
    static ServiceConfiguration of(Part part, StackSettings settings) throws IOException {
        Map<String, String> properties = new LinkedHashMap<>();
        Map<String, String> environment = new LinkedHashMap<>();
        properties.put("quarkus.http.host", "127.0.0.1");
        properties.put("quarkus.http.port", Integer.toString(settings.ports().of(part.http())));
        properties.put("kafka.bootstrap.servers", settings.backing().bootstrapServers());
        properties.put("prelim.topics.prefix", settings.backing().topicsPrefix());
        switch (part) {
            case INGEST -> {
                database(settings.backing().ingest(), properties, environment);
                properties.put("prelim.dicom.address", "127.0.0.1");
                properties.put(
                        "prelim.dicom.port", Integer.toString(settings.ports().of(Port.DICOM)));
                properties.put(
                        "prelim.store.directory",
                        settings.directory().resolve("store").toString());
                // a gibibyte of zeros is for a hospital's bursts
                properties.put("prelim.store.spare-segments", "0");
                properties.put(
                        "prelim.assembly.quiet-period", settings.quietPeriod().toString());
                environment.put(
                        "PRELIM_PARTS_TOKENS_INFERENCE", settings.secrets().get("parts-inference"));
                environment.put("PRELIM_PARTS_TOKENS_REPORT", settings.secrets().get("parts-report"));
                properties.put("prelim.dicom-web.tokens.reader", "${PRELIM_DICOM_WEB_TOKEN}");
                environment.put("PRELIM_DICOM_WEB_TOKEN", settings.secrets().get("dicom-web"));
                properties.put("prelim.dicom-web.tokens.report", "${PRELIM_DICOM_WEB_TOKEN_REPORT}");
                environment.put(
                        "PRELIM_DICOM_WEB_TOKEN_REPORT", settings.secrets().get("dicom-web-report"));
                environment.put("PRELIM_IDENTITY_SECRET", settings.secrets().get("identity"));
            }
            case INFERENCE -> {
                parts(settings, "parts-inference", properties, environment);
                properties.put(
                        "prelim.evidence.url",
                        "http://127.0.0.1:" + settings.ports().of(Port.REPORT));
                environment.put("PRELIM_EVIDENCE_TOKEN", settings.secrets().get("evidence"));
                properties.put("prelim.inference.role", "all");
                properties.put("prelim.inference.packages", packages(settings.root()));
            }
            case REPORT -> {
                database(settings.backing().report(), properties, environment);
                parts(settings, "parts-report", properties, environment);
                environment.put(
                        "PRELIM_REPORT_EVIDENCE_TOKEN", settings.secrets().get("evidence"));
                properties.put(
                        "prelim.report.images.url",
                        "http://127.0.0.1:" + settings.ports().of(Port.INGEST) + "/dicom-web");
                environment.put("PRELIM_REPORT_IMAGES_TOKEN", settings.secrets().get("dicom-web-report"));
                properties.put(
                        "prelim.report.models.url",
                        "http://127.0.0.1:" + settings.ports().of(Port.INFERENCE));
            }
        }
        properties.putAll(settings.more().getOrDefault(part, Map.of()));
        return new ServiceConfiguration(properties, environment);
    }

    /** The model packages of the project, {@code models/<id>/package}. */
    private static String packages(Path root) throws IOException {
        try (Stream<Path> models = Files.list(root.resolve("inference-service/models"))) {
            return models.map(model -> model.resolve("package"))
                    .filter(Files::isDirectory)
                    .map(Path::toString)
                    .sorted()
                    .collect(Collectors.joining(","));
        }
    }

    private static void database(Database database, Map<String, String> properties, Map<String, String> environment) {
        properties.put("quarkus.datasource.jdbc.url", database.jdbcUrl());
        properties.put("quarkus.datasource.username", database.username());
        environment.put("QUARKUS_DATASOURCE_PASSWORD", database.password());
    }

    private static void parts(
            StackSettings settings, String token, Map<String, String> properties, Map<String, String> environment)
            throws IOException {
        properties.put(
                "prelim.parts.url", "http://127.0.0.1:" + settings.ports().of(Port.INGEST));
        environment.put("PRELIM_PARTS_TOKEN", settings.secrets().get(token));
    }

    /** Names only: values may be secret. */
    @Override
    public String toString() {
        return "ServiceConfiguration[" + properties.keySet() + ", " + environment.keySet() + "]";
    }
}
