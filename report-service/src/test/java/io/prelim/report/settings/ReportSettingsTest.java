package io.prelim.report.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Names and defaults are a contract with those who run the service. */
class ReportSettingsTest {
    @Test
    void defaults() {
        ReportSettings settings = settings(Map.of());

        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.language()).isEqualTo("en");
        assertThat(settings.systemOfRecord()).isFalse();
        assertThat(settings.deadlineCheck()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.shortestPause()).isEqualTo(Duration.ofMillis(200));
        assertThat(settings.longestPause()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.stream().heartbeat()).isEqualTo(Duration.ofSeconds(15));
        assertThat(settings.stream().stall()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.stream().poll()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.stream().window()).isEqualTo(4096);
        assertThat(settings.stream().maxClients()).isEqualTo(2000);
        assertThat(settings.stream().retention()).isEqualTo(Duration.ofDays(30));
        assertThat(settings.relay().poll()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.relay().batch()).isEqualTo(100);
        assertThat(settings.relay().claim()).isEqualTo(Duration.ofSeconds(15));
        assertThat(settings.evidence().token()).isEmpty();
        assertThat(settings.evidence().keepUnnamed()).isEqualTo(Duration.ofDays(1));
        assertThat(settings.siteLanguages()).isEmpty();
        assertThat(settings.archive()).isEmpty();
        assertThat(settings.templates().folder()).isEmpty();
        assertThat(settings.templates().check()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void names() {
        ReportSettings settings = settings(Map.ofEntries(
                Map.entry("prelim.report.port", "1"),
                Map.entry("prelim.report.language", "de"),
                Map.entry("prelim.report.system-of-record", "true"),
                Map.entry("prelim.report.deadline-check", "PT2S"),
                Map.entry("prelim.report.shortest-pause", "PT3S"),
                Map.entry("prelim.report.longest-pause", "PT4S"),
                Map.entry("prelim.report.stream.heartbeat", "PT5S"),
                Map.entry("prelim.report.stream.stall", "PT6S"),
                Map.entry("prelim.report.stream.poll", "PT7S"),
                Map.entry("prelim.report.stream.window", "16"),
                Map.entry("prelim.report.stream.max-clients", "9"),
                Map.entry("prelim.report.stream.retention", "PT10S"),
                Map.entry("prelim.report.relay.poll", "PT11S"),
                Map.entry("prelim.report.relay.batch", "12"),
                Map.entry("prelim.report.relay.claim", "PT13S"),
                Map.entry("prelim.report.evidence.token", "t"),
                Map.entry("prelim.report.evidence.keep-unnamed", "PT14H"),
                Map.entry("prelim.report.site-languages.south", "de"),
                Map.entry("prelim.report.templates.folder", "/etc/templates"),
                Map.entry("prelim.report.templates.check", "PT15S")));

        assertThat(settings.port()).isEqualTo(1);
        assertThat(settings.language()).isEqualTo("de");
        assertThat(settings.systemOfRecord()).isTrue();
        assertThat(settings.deadlineCheck()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.shortestPause()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.longestPause()).isEqualTo(Duration.ofSeconds(4));
        assertThat(settings.stream().heartbeat()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.stream().stall()).isEqualTo(Duration.ofSeconds(6));
        assertThat(settings.stream().poll()).isEqualTo(Duration.ofSeconds(7));
        assertThat(settings.stream().window()).isEqualTo(16);
        assertThat(settings.stream().maxClients()).isEqualTo(9);
        assertThat(settings.stream().retention()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.relay().poll()).isEqualTo(Duration.ofSeconds(11));
        assertThat(settings.relay().batch()).isEqualTo(12);
        assertThat(settings.relay().claim()).isEqualTo(Duration.ofSeconds(13));
        assertThat(settings.evidence().token()).contains("t");
        assertThat(settings.evidence().keepUnnamed()).isEqualTo(Duration.ofHours(14));
        assertThat(settings.siteLanguages()).isEqualTo(Map.of("south", "de"));
        assertThat(settings.templates().folder()).contains("/etc/templates");
        assertThat(settings.templates().check()).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void theReadingRoom() {
        ReportSettings plain = settings(Map.of());
        assertThat(plain.worklist().urgent())
                .containsExactlyInAnyOrder(
                        "SCT|36118008",
                        "SCT|233645004",
                        "SCT|59282003",
                        "SCT|1386000",
                        "SCT|308546005",
                        "SCT|14336007");
        assertThat(plain.images().url()).isEmpty();
        assertThat(plain.images().token()).isEmpty();
        assertThat(plain.images().timeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(plain.models().url()).isEmpty();
        assertThat(plain.models().timeout()).isEqualTo(Duration.ofSeconds(5));

        ReportSettings full = settings(Map.of(
                "prelim.report.worklist.urgent", "SCT|1",
                "prelim.report.images.url", "https://ingest.example/dicom-web",
                "prelim.report.images.token", "t",
                "prelim.report.images.timeout", "PT1S",
                "prelim.report.models.url", "https://inference.example",
                "prelim.report.models.timeout", "PT2S"));
        assertThat(full.worklist().urgent()).containsExactly("SCT|1");
        assertThat(full.images().url()).contains(URI.create("https://ingest.example/dicom-web"));
        assertThat(full.images().token()).contains("t");
        assertThat(full.images().timeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(full.models().url()).contains(URI.create("https://inference.example"));
        assertThat(full.models().timeout()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void fhircast() {
        FhircastSettings plain = settings(Map.of()).fhircast();
        assertThat(plain.enabled()).isTrue();
        assertThat(plain.url()).isEmpty();
        assertThat(plain.feed()).isEmpty();
        assertThat(plain.relay()).isEmpty();
        assertThat(plain.lease()).isEqualTo(Duration.ofHours(2));
        assertThat(plain.longestLease()).isEqualTo(Duration.ofHours(24));
        assertThat(plain.answer()).isEqualTo(Duration.ofSeconds(10));
        assertThat(plain.unanswered()).isEqualTo(3);
        assertThat(plain.send()).isEqualTo(Duration.ofSeconds(10));
        assertThat(plain.connect()).isEqualTo(Duration.ofMinutes(1));
        assertThat(plain.heartbeat()).isEqualTo(Duration.ofSeconds(10));
        assertThat(plain.idle()).isEqualTo(Duration.ofHours(1));
        assertThat(plain.maxTopics()).isEqualTo(500);
        assertThat(plain.maxSubscribers()).isEqualTo(1000);
        assertThat(plain.maxMessage()).isEqualTo(1 << 20);
        assertThat(plain.maxContext()).isEqualTo(4 << 20);
        assertThat(plain.maxMemory()).isEqualTo(256 << 20);
        assertThat(plain.queue()).isEqualTo(256);

        FhircastSettings full = settings(Map.ofEntries(
                        Map.entry("prelim.report.fhircast.enabled", "false"),
                        Map.entry("prelim.report.fhircast.url", "https://hub.example/fhircast"),
                        Map.entry("prelim.report.fhircast.feed", "prelim-drafts"),
                        Map.entry("prelim.report.fhircast.relay", "org.example.a,org.example.b"),
                        Map.entry("prelim.report.fhircast.lease", "PT1S"),
                        Map.entry("prelim.report.fhircast.longest-lease", "PT2S"),
                        Map.entry("prelim.report.fhircast.answer", "PT3S"),
                        Map.entry("prelim.report.fhircast.unanswered", "4"),
                        Map.entry("prelim.report.fhircast.send", "PT5S"),
                        Map.entry("prelim.report.fhircast.connect", "PT6S"),
                        Map.entry("prelim.report.fhircast.heartbeat", "PT7S"),
                        Map.entry("prelim.report.fhircast.idle", "PT8S"),
                        Map.entry("prelim.report.fhircast.max-topics", "9"),
                        Map.entry("prelim.report.fhircast.max-subscribers", "10"),
                        Map.entry("prelim.report.fhircast.max-message", "1100"),
                        Map.entry("prelim.report.fhircast.max-context", "1200"),
                        Map.entry("prelim.report.fhircast.max-memory", "1300"),
                        Map.entry("prelim.report.fhircast.queue", "14")))
                .fhircast();
        assertThat(full.enabled()).isFalse();
        assertThat(full.url()).contains(URI.create("https://hub.example/fhircast"));
        assertThat(full.feed()).contains("prelim-drafts");
        assertThat(full.relay()).contains(Set.of("org.example.a", "org.example.b"));
        assertThat(full.lease()).isEqualTo(Duration.ofSeconds(1));
        assertThat(full.longestLease()).isEqualTo(Duration.ofSeconds(2));
        assertThat(full.answer()).isEqualTo(Duration.ofSeconds(3));
        assertThat(full.unanswered()).isEqualTo(4);
        assertThat(full.send()).isEqualTo(Duration.ofSeconds(5));
        assertThat(full.connect()).isEqualTo(Duration.ofSeconds(6));
        assertThat(full.heartbeat()).isEqualTo(Duration.ofSeconds(7));
        assertThat(full.idle()).isEqualTo(Duration.ofSeconds(8));
        assertThat(full.maxTopics()).isEqualTo(9);
        assertThat(full.maxSubscribers()).isEqualTo(10);
        assertThat(full.maxMessage()).isEqualTo(1100);
        assertThat(full.maxContext()).isEqualTo(1200);
        assertThat(full.maxMemory()).isEqualTo(1300);
        assertThat(full.queue()).isEqualTo(14);
    }

    @Test
    void anArchive() {
        ArchiveSettings plain = settings(Map.of("prelim.report.archive.pacs.host", "pacs.example"))
                .archive()
                .get("pacs");
        assertThat(plain.host()).contains("pacs.example");
        assertThat(plain.port()).isEmpty();
        assertThat(plain.calledAe()).isEmpty();
        assertThat(plain.callingAe()).isEqualTo("PRELIM");
        assertThat(plain.tls()).isFalse();
        assertThat(plain.certificate()).isEmpty();
        assertThat(plain.key()).isEmpty();
        assertThat(plain.trust()).isEmpty();
        assertThat(plain.checkHostName()).isTrue();
        assertThat(plain.url()).isEmpty();
        assertThat(plain.tokenFile()).isEmpty();
        assertThat(plain.send()).containsExactlyInAnyOrder(ArchiveSettings.Kind.SR, ArchiveSettings.Kind.SEG);
        assertThat(plain.connectTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(plain.answerTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(plain.shortestPause()).isEqualTo(Duration.ofSeconds(5));
        assertThat(plain.longestPause()).isEqualTo(Duration.ofMinutes(10));
        assertThat(plain.batch()).isEqualTo(100);

        ArchiveSettings full = settings(Map.ofEntries(
                        Map.entry("prelim.report.archive.vna.port", "11112"),
                        Map.entry("prelim.report.archive.vna.called-ae", "VNA"),
                        Map.entry("prelim.report.archive.vna.calling-ae", "AI"),
                        Map.entry("prelim.report.archive.vna.tls", "true"),
                        Map.entry("prelim.report.archive.vna.certificate", "/etc/c.pem"),
                        Map.entry("prelim.report.archive.vna.key", "/etc/k.pem"),
                        Map.entry("prelim.report.archive.vna.trust", "/etc/t.pem"),
                        Map.entry("prelim.report.archive.vna.check-host-name", "false"),
                        Map.entry("prelim.report.archive.vna.url", "https://vna.example/studies"),
                        Map.entry("prelim.report.archive.vna.token-file", "/etc/token"),
                        Map.entry("prelim.report.archive.vna.send", "sr"),
                        Map.entry("prelim.report.archive.vna.connect-timeout", "PT1S"),
                        Map.entry("prelim.report.archive.vna.answer-timeout", "PT2S"),
                        Map.entry("prelim.report.archive.vna.shortest-pause", "PT3S"),
                        Map.entry("prelim.report.archive.vna.longest-pause", "PT4S"),
                        Map.entry("prelim.report.archive.vna.batch", "5")))
                .archive()
                .get("vna");
        assertThat(full.port()).hasValue(11112);
        assertThat(full.calledAe()).contains("VNA");
        assertThat(full.callingAe()).isEqualTo("AI");
        assertThat(full.tls()).isTrue();
        assertThat(full.certificate()).contains(Path.of("/etc/c.pem"));
        assertThat(full.key()).contains(Path.of("/etc/k.pem"));
        assertThat(full.trust()).contains(Path.of("/etc/t.pem"));
        assertThat(full.checkHostName()).isFalse();
        assertThat(full.url()).contains(URI.create("https://vna.example/studies"));
        assertThat(full.tokenFile()).contains(Path.of("/etc/token"));
        assertThat(full.send()).containsExactly(ArchiveSettings.Kind.SR);
        assertThat(full.connectTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(full.answerTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(full.shortestPause()).isEqualTo(Duration.ofSeconds(3));
        assertThat(full.longestPause()).isEqualTo(Duration.ofSeconds(4));
        assertThat(full.batch()).isEqualTo(5);
    }

    @Test
    void aReceiverOfHl7() {
        MllpSettings plain = settings(Map.of("prelim.report.mllp.ris.host", "ris.example"))
                .mllp()
                .get("ris");
        assertThat(plain.host()).contains("ris.example");
        assertThat(plain.port()).isEmpty();
        assertThat(plain.tls()).isFalse();
        assertThat(plain.trust()).isEmpty();
        assertThat(plain.checkHostName()).isTrue();
        assertThat(plain.receivingApplication()).isEmpty();
        assertThat(plain.receivingFacility()).isEmpty();
        assertThat(plain.sendingFacility()).isEmpty();
        assertThat(plain.mostRefusals()).isEqualTo(6);
        assertThat(plain.newestOnly()).isFalse();
        assertThat(plain.connectTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(plain.answerTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(plain.shortestPause()).isEqualTo(Duration.ofSeconds(5));
        assertThat(plain.longestPause()).isEqualTo(Duration.ofMinutes(10));
        assertThat(plain.batch()).isEqualTo(100);

        MllpSettings full = settings(Map.ofEntries(
                        Map.entry("prelim.report.mllp.his.host", "his.example"),
                        Map.entry("prelim.report.mllp.his.port", "2575"),
                        Map.entry("prelim.report.mllp.his.tls", "true"),
                        Map.entry("prelim.report.mllp.his.trust", "/etc/t.pem"),
                        Map.entry("prelim.report.mllp.his.check-host-name", "false"),
                        Map.entry("prelim.report.mllp.his.receiving-application", "HIS"),
                        Map.entry("prelim.report.mllp.his.receiving-facility", "EAST"),
                        Map.entry("prelim.report.mllp.his.sending-facility", "RAD"),
                        Map.entry("prelim.report.mllp.his.most-refusals", "2"),
                        Map.entry("prelim.report.mllp.his.newest-only", "true")))
                .mllp()
                .get("his");
        assertThat(full.port()).hasValue(2575);
        assertThat(full.tls()).isTrue();
        assertThat(full.trust()).contains(Path.of("/etc/t.pem"));
        assertThat(full.checkHostName()).isFalse();
        assertThat(full.receivingApplication()).contains("HIS");
        assertThat(full.receivingFacility()).contains("EAST");
        assertThat(full.sendingFacility()).contains("RAD");
        assertThat(full.mostRefusals()).isEqualTo(2);
        assertThat(full.newestOnly()).isTrue();
    }

    @Test
    void aWebhookAndWhereItMayLead() {
        ReportSettings none = settings(Map.of());
        assertThat(none.mllp()).isEmpty();
        assertThat(none.webhook()).isEmpty();
        assertThat(none.egress().hosts()).isEmpty();
        assertThat(none.egress().addresses()).isEmpty();
        assertThat(none.egress().mostWebhooks()).isEqualTo(32);

        ReportSettings full = settings(Map.ofEntries(
                Map.entry("prelim.report.webhook.a.url", "https://hooks.example/"),
                Map.entry("prelim.report.webhook.a.secret-file", "/run/secrets/a"),
                Map.entry("prelim.report.webhook.b.url", "https://hooks.example/b"),
                Map.entry("prelim.report.webhook.b.events", "drafted,signed"),
                Map.entry("prelim.report.egress.hosts", "hooks.example,other.example:8443"),
                Map.entry("prelim.report.egress.addresses", "10.20.0.0/16,fd12::/32"),
                Map.entry("prelim.report.egress.most-webhooks", "3")));
        assertThat(full.webhook().get("a").url()).contains("https://hooks.example/");
        assertThat(full.webhook().get("a").secretFile()).contains(Path.of("/run/secrets/a"));
        assertThat(full.webhook().get("a").events())
                .containsExactlyInAnyOrder(
                        WebhookSettings.Event.SETTLED,
                        WebhookSettings.Event.REVIEWED,
                        WebhookSettings.Event.SIGNED,
                        WebhookSettings.Event.ADDENDED,
                        WebhookSettings.Event.CORRECTED,
                        WebhookSettings.Event.RETRACTED);
        assertThat(full.webhook().get("a").answerTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(full.webhook().get("b").events())
                .containsExactlyInAnyOrder(WebhookSettings.Event.DRAFTED, WebhookSettings.Event.SIGNED);
        assertThat(full.egress().hosts().orElseThrow()).containsExactly("hooks.example", "other.example:8443");
        assertThat(full.egress().addresses().orElseThrow()).containsExactly("10.20.0.0/16", "fd12::/32");
        assertThat(full.egress().mostWebhooks()).isEqualTo(3);
    }

    @Test
    void serviceServesLoopbackAndWaitsForNoDatabaseForEver() throws IOException {
        Properties properties = new Properties();
        try (var in = ReportSettings.class.getResourceAsStream("/application.properties")) {
            properties.load(in);
        }

        assertThat(properties)
                .containsEntry("quarkus.http.host", "127.0.0.1")
                .containsEntry("quarkus.http.port", "${prelim.report.port:8080}")
                .containsEntry("prelim.topics.prefix", "prelim.")
                .containsEntry("quarkus.datasource.username", "prelim_report")
                .containsEntry(
                        "quarkus.datasource.jdbc.url",
                        "jdbc:postgresql://127.0.0.1:${prelim.postgres.port:5433}/prelim_report")
                .containsEntry("quarkus.datasource.jdbc.additional-jdbc-properties.socketTimeout", "30")
                .containsEntry("quarkus.datasource.jdbc.additional-jdbc-properties.logServerErrorDetail", "false")
                .containsEntry("mp.messaging.connector.smallrye-kafka.graceful-shutdown", "false")
                .containsEntry("mp.messaging.incoming.study-analyzed.group.id", "${prelim.topics.prefix}report")
                .containsEntry("%prod.quarkus.log.console.json.enabled", "true");
    }

    private static ReportSettings settings(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(ReportSettings.class)
                .withDefaultValues(values)
                .build()
                .getConfigMapping(ReportSettings.class);
    }
}
