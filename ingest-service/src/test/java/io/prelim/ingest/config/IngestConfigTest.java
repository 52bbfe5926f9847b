package io.prelim.ingest.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.net.transport.ServerTls;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Pins each name and default: a change here is a change for whoever runs the service. */
class IngestConfigTest {
    private static final long MIB = 1 << 20;

    @Test
    void defaults() {
        IngestConfig config = config(Map.of());

        assertThat(config.site()).isEqualTo("default");
        assertThat(config.issuer()).isEqualTo("default");
        assertThat(config.topics().prefix()).isEqualTo("prelim.");

        assertThat(config.identity().secret()).isEmpty();
        assertThat(config.identity().patientIssuer()).isEqualTo("default");
        assertThat(config.identity().accessionIssuer()).isEqualTo("default");
        assertThat(config.identity().orderIssuer()).isEqualTo("default");
        assertThat(config.orders().procedures()).isEmpty();
        assertThat(config.orders().keep()).isEqualTo(Duration.ofDays(90));
        assertThat(config.hl7().address()).isEqualTo("127.0.0.1");
        assertThat(config.hl7().port()).isEqualTo(2575);
        assertThat(config.hl7().maxConnections()).isEqualTo(32);
        assertThat(config.hl7().maxMessageSize().asLongValue()).isEqualTo(MIB);
        assertThat(config.hl7().idleTimeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.hl7().messageTimeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(config.hl7().peers()).isEmpty();

        assertThat(config.dicom().aeTitle()).isEqualTo("PRELIM");
        assertThat(config.dicom().address()).isEqualTo("127.0.0.1");
        assertThat(config.dicom().port()).isEqualTo(11112);
        assertThat(config.dicom().peers()).isEmpty();
        assertThat(config.dicom().maxAssociations()).isEqualTo(64);
        assertThat(config.dicom().reservedAssociations()).isEqualTo(16);
        assertThat(config.dicom().maxAssociationsPerPeer()).isEqualTo(32);
        assertThat(config.dicom().maxOperationsInvoked()).isEqualTo(16);
        assertThat(config.dicom().maxPduLength()).isEqualTo(256 << 10);
        assertThat(config.dicom().artimTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.dicom().idleTimeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.dicom().messageTimeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.dicom().closeGrace()).isEqualTo(Duration.ofSeconds(5));

        assertThat(config.dicom().connectTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.dicom().answerTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(config.dicom().remotes()).isEmpty();
        assertThat(config.dicom().tls().address()).isEmpty();
        assertThat(config.dicom().tls().port()).isEqualTo(2762);
        assertThat(config.dicom().tls().certificate()).isEmpty();
        assertThat(config.dicom().tls().key()).isEmpty();
        assertThat(config.dicom().tls().trust()).isEmpty();
        assertThat(config.dicom().tls().clientCertificates()).isEqualTo(ServerTls.ClientCertificates.REQUIRED);
        assertThat(config.dicom().tls().checkHostName()).isTrue();

        assertThat(config.priors().archive()).isEmpty();
        assertThat(config.priors().maxStudies()).isEqualTo(5);
        assertThat(config.priors().movesAtOnce()).isEqualTo(1);
        assertThat(config.priors().pause()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.priors().moveTimeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.priors().checkEvery()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.priors().claim()).isEqualTo(Duration.ofHours(2));
        assertThat(config.priors().attempts()).isEqualTo(3);
        assertThat(config.priors().retryAfter()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.priors().keep()).isEqualTo(Duration.ofDays(7));
        assertThat(config.priors().purgeEvery()).isEqualTo(Duration.ofMinutes(10));

        assertThat(config.commitment().maxInstances()).isEqualTo(50_000);
        assertThat(config.commitment().awaitInstances()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.commitment().checkEvery()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.commitment().claim()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.commitment().requestersAtOnce()).isEqualTo(4);
        assertThat(config.commitment().firstRetry()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.commitment().lastRetry()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.commitment().giveUpAfter()).isEqualTo(Duration.ofHours(24));
        assertThat(config.commitment().keep()).isEqualTo(Duration.ofDays(30));

        assertThat(config.stow().maxRequests()).isEqualTo(16);
        assertThat(config.stow().maxRequestSize().asLongValue()).isEqualTo(65536 * MIB);
        assertThat(config.stow().maxParts()).isEqualTo(10_000);
        assertThat(config.stow().maxPartHeader().asLongValue()).isEqualTo(8 << 10);
        assertThat(config.stow().maxMetadata().asLongValue()).isEqualTo(32 * MIB);
        assertThat(config.stow().window()).isEqualTo(32);
        assertThat(config.stow().idleTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.dicomWeb().tokens()).isEmpty();
        assertThat(config.dicomWeb().baseUrl()).isEmpty();
        assertThat(config.dicomWeb().maxRequests()).isEqualTo(16);
        assertThat(config.dicomWeb().maxInline().asLongValue()).isEqualTo(1024);
        assertThat(config.dicomWeb().decodesAtOnce()).isEqualTo(2);
        assertThat(config.dicomWeb().maxFrameSize().asLongValue()).isEqualTo(256 * MIB);
        assertThat(config.dicomWeb().decodeTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.dicomWeb().maxInflated().asLongValue()).isEqualTo(1024 * MIB);
        assertThat(config.dicomWeb().thumbnailCache().asLongValue()).isEqualTo(16 * MIB);
        assertThat(config.dicomWeb().defaultResults()).isEqualTo(100);
        assertThat(config.dicomWeb().maxResults()).isEqualTo(500);
        assertThat(config.dicomWeb().maxOffset()).isEqualTo(100_000);
        assertThat(config.dicomWeb().searchTimeout()).isEqualTo(Duration.ofSeconds(10));

        assertThat(config.store().directory()).isEqualTo(Path.of("data/store"));
        assertThat(config.store().segmentSize().asLongValue()).isEqualTo(128 * MIB);
        assertThat(config.store().spareSegments()).isEqualTo(8);
        assertThat(config.store().minFree().asLongValue()).isEqualTo(512 * MIB);
        assertThat(config.store().queueCapacity()).isEqualTo(256);
        assertThat(config.store().queueTimeout()).isEqualTo(Duration.ofSeconds(5));
        CopyConfig copy = config.store().copy();
        assertThat(copy.bucket()).isEmpty();
        assertThat(copy.endpoint()).isEmpty();
        assertThat(copy.allowPlainHttp()).isFalse();
        assertThat(copy.prefix()).isEqualTo("prelim");
        assertThat(copy.region()).isEqualTo("us-east-1");
        assertThat(copy.pathStyle()).isTrue();
        assertThat(copy.accessKeyFile()).isEmpty();
        assertThat(copy.secretKeyFile()).isEmpty();
        assertThat(copy.objectSize().asLongValue()).isEqualTo(4 * MIB);
        assertThat(copy.concurrency()).isEqualTo(4);
        assertThat(copy.deadline()).isEqualTo(Duration.ofSeconds(10));
        assertThat(copy.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(copy.attemptTimeout()).isEqualTo(Duration.ofSeconds(4));
        assertThat(copy.retryEvery()).isEqualTo(Duration.ofMillis(500));
        assertThat(copy.restore()).isEmpty();

        assertThat(config.recovery().fromStart()).isFalse();
        assertThat(config.recovery().checkpointEvery()).isEqualTo(Duration.ofSeconds(5));

        assertThat(config.retention().keep()).isEmpty();
        assertThat(config.retention().lowFree()).isEmpty();
        assertThat(config.retention().enoughFree()).isEmpty();
        assertThat(config.retention().keepAtLeast()).isEqualTo(Duration.ofHours(1));
        assertThat(config.retention().checkEvery()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.retention().copyBelow()).isEqualTo(0.5);
        assertThat(config.retention().segmentsAtOnce()).isEqualTo(8);
        assertThat(config.retention().eraseEvery()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.sweep().rate().asLongValue()).isEqualTo(8 * MIB);
        assertThat(config.sweep().every()).isEqualTo(Duration.ofDays(7));
        assertThat(config.sweep().minimumAge()).isEqualTo(Duration.ofDays(1));
        assertThat(config.backfill().inHand()).isEqualTo(16);
        assertThat(config.backfill().checkEvery()).isEqualTo(Duration.ofSeconds(1));

        assertThat(config.receive().memoryBudget().asLongValue()).isEqualTo(128 * MIB);
        assertThat(config.receive().memoryPerObject().asLongValue()).isEqualTo(32 * MIB);
        assertThat(config.receive().maxObjectSize().asLongValue()).isEqualTo(4096 * MIB);
        assertThat(config.receive().maxElementSize().asLongValue()).isEqualTo(64 * MIB);
        assertThat(config.receive().maxElements()).isEqualTo(1_000_000);
        assertThat(config.receive().maxDepth()).isEqualTo(64);
        assertThat(config.receive().indexGroup()).isEqualTo(64);
        assertThat(config.receive().indexWriters()).isEqualTo(4);
        assertThat(config.receive().answerTimeout()).isEqualTo(Duration.ofSeconds(20));

        assertThat(config.assembly().quietPeriod()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.assembly().quietPeriods()).isEmpty();
        assertThat(config.assembly().hints().maxInstances()).isEqualTo(50_000);
        assertThat(config.assembly().hints().keep()).isEqualTo(Duration.ofDays(7));
        assertThat(config.assembly().hints().askAfter()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.assembly().hints().askAgain()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.assembly().hints().askFor()).isEqualTo(Duration.ofMinutes(2));
        assertThat(config.assembly().hints().askTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.assembly().hints().asksAtOnce()).isEqualTo(2);
        assertThat(config.assembly().learned().enabled()).isFalse();
        assertThat(config.assembly().learned().senders()).isEmpty();
        assertThat(config.assembly().learned().minimum()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.assembly().learned().maximum()).isEqualTo(Duration.ofMinutes(2));
        assertThat(config.assembly().learned().safety()).isEqualTo(2);
        assertThat(config.assembly().learned().minGaps()).isEqualTo(200);
        assertThat(config.assembly().learned().minStudies()).isEqualTo(20);
        assertThat(config.assembly().checkEvery()).isEqualTo(Duration.ofMillis(250));
        assertThat(config.assembly().batch()).isEqualTo(16);
        assertThat(config.assembly().claim()).isEqualTo(Duration.ofMinutes(1));

        assertThat(config.relay().checkEvery()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.relay().batch()).isEqualTo(64);
        assertThat(config.relay().claim()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.relay().deliveryTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.relay().firstResend()).isEqualTo(Duration.ofSeconds(15));
        assertThat(config.relay().lastResend()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.relay().resendsPerSecond()).isEqualTo(2);
        assertThat(config.ledger().deadlineCheckEvery()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.ledger().standingStillAfter()).isEqualTo(Duration.ofMinutes(2));
        assertThat(config.ledger().reconcileEvery()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.parts().tokens().inference()).isEmpty();
        assertThat(config.parts().tokens().report()).isEmpty();
    }

    @Test
    void names() {
        IngestConfig config = config(Map.ofEntries(
                Map.entry("prelim.site", "north"),
                Map.entry("prelim.issuer", "hospital"),
                Map.entry("prelim.topics.prefix", "x."),
                Map.entry("prelim.identity.secret", "0123456789abcdef"),
                Map.entry("prelim.identity.patient-issuer", "hospital"),
                Map.entry("prelim.identity.accession-issuer", "ris"),
                Map.entry("prelim.identity.order-issuer", "his"),
                Map.entry("prelim.orders.keep", "P60D"),
                Map.entry("prelim.orders.procedures.\"99RAD|CXR\"", "SCT^399208008"),
                Map.entry("prelim.hl7.address", "10.0.0.3"),
                Map.entry("prelim.hl7.port", "2576"),
                Map.entry("prelim.hl7.max-connections", "5"),
                Map.entry("prelim.hl7.max-message-size", "2M"),
                Map.entry("prelim.hl7.idle-timeout", "PT5S"),
                Map.entry("prelim.hl7.message-timeout", "PT6S"),
                Map.entry("prelim.hl7.peers.engine.networks", "10.4.0.0/16,10.5.5.5"),
                Map.entry("prelim.hl7.peers.clinic.networks", "10.6.6.6"),
                Map.entry("prelim.hl7.peers.clinic.applications", "RIS,HIS"),
                Map.entry("prelim.hl7.peers.clinic.max-connections", "1"),
                Map.entry("prelim.hl7.peers.clinic.character-set", "UNICODE UTF-8"),
                Map.entry("prelim.hl7.peers.clinic.accession-field", "OBR_3"),
                Map.entry("prelim.hl7.peers.clinic.site", "west"),
                Map.entry("prelim.hl7.peers.clinic.patient-issuer", "clinic"),
                Map.entry("prelim.hl7.peers.clinic.patient-issuers", "national,west"),
                Map.entry("prelim.hl7.peers.clinic.accession-issuer", "clinic-ris"),
                Map.entry("prelim.hl7.peers.clinic.order-issuer", "clinic-his"),
                Map.entry("prelim.dicom.remotes.archive.patient-issuer", "archive"),
                Map.entry("prelim.dicom.remotes.archive.accession-issuer", "archive-ris"),
                Map.entry("prelim.dicom.ae-title", "AI"),
                Map.entry("prelim.dicom.address", "10.0.0.1"),
                Map.entry("prelim.dicom.port", "104"),
                Map.entry("prelim.dicom.peers", "CT1@10.0.0.0/8,MR1@10.1.1.1"),
                Map.entry("prelim.dicom.remotes.archive.ae-title", "PACS"),
                Map.entry("prelim.dicom.remotes.archive.networks", "10.2.0.0/16,10.3.3.3"),
                Map.entry("prelim.dicom.remotes.archive.certificates", "ab:cd,ef"),
                Map.entry("prelim.dicom.remotes.archive.tls", "true"),
                Map.entry("prelim.dicom.tls.address", "10.0.0.2"),
                Map.entry("prelim.dicom.tls.port", "2763"),
                Map.entry("prelim.dicom.tls.certificate", "/tls/ours.crt"),
                Map.entry("prelim.dicom.tls.key", "/tls/ours.key"),
                Map.entry("prelim.dicom.tls.trust", "/tls/trust.crt"),
                Map.entry("prelim.dicom.tls.client-certificates", "wanted"),
                Map.entry("prelim.dicom.tls.check-host-name", "false"),
                Map.entry("prelim.dicom.remotes.archive.reserved", "false"),
                Map.entry("prelim.dicom.remotes.archive.max-associations", "2"),
                Map.entry("prelim.dicom.remotes.modality.ae-title", "CT1"),
                Map.entry("prelim.dicom.remotes.modality.complete-on-release", "true"),
                Map.entry("prelim.dicom.remotes.modality.archive", "archive"),
                Map.entry("prelim.dicom.remotes.archive.host", "pacs.example"),
                Map.entry("prelim.dicom.remotes.archive.port", "104"),
                Map.entry("prelim.priors.archive", "archive"),
                Map.entry("prelim.priors.max-studies", "7"),
                Map.entry("prelim.priors.keep", "P2D"),
                Map.entry("prelim.commitment.await-instances", "PT3S"),
                Map.entry("prelim.commitment.give-up-after", "PT1H"),
                Map.entry("prelim.stow.max-requests", "2"),
                Map.entry("prelim.stow.max-request-size", "1M"),
                Map.entry("prelim.stow.max-parts", "3"),
                Map.entry("prelim.stow.max-part-header", "2K"),
                Map.entry("prelim.stow.max-metadata", "4M"),
                Map.entry("prelim.stow.window", "5"),
                Map.entry("prelim.stow.idle-timeout", "PT7S"),
                Map.entry("prelim.dicom-web.tokens.viewer", "v"),
                Map.entry("prelim.dicom-web.base-url", "https://pacs.example/dicom-web"),
                Map.entry("prelim.dicom-web.max-requests", "3"),
                Map.entry("prelim.dicom-web.max-inline", "4K"),
                Map.entry("prelim.dicom-web.decodes-at-once", "4"),
                Map.entry("prelim.dicom-web.max-frame-size", "1M"),
                Map.entry("prelim.dicom-web.decode-timeout", "PT1S"),
                Map.entry("prelim.dicom-web.max-inflated", "2M"),
                Map.entry("prelim.dicom-web.thumbnail-cache", "3M"),
                Map.entry("prelim.dicom-web.default-results", "7"),
                Map.entry("prelim.dicom-web.max-results", "8"),
                Map.entry("prelim.dicom-web.max-offset", "9"),
                Map.entry("prelim.dicom-web.search-timeout", "PT2S"),
                Map.entry("prelim.store.directory", "/data"),
                Map.entry("prelim.store.segment-size", "64M"),
                Map.entry("prelim.store.spare-segments", "2"),
                Map.entry("prelim.store.min-free", "1G"),
                Map.entry("prelim.store.copy.bucket", "copies"),
                Map.entry("prelim.store.copy.endpoint", "https://s3.example:9000"),
                Map.entry("prelim.store.copy.allow-plain-http", "true"),
                Map.entry("prelim.store.copy.prefix", "site/ct"),
                Map.entry("prelim.store.copy.region", "eu-central-1"),
                Map.entry("prelim.store.copy.path-style", "false"),
                Map.entry("prelim.store.copy.access-key-file", "/run/secrets/access"),
                Map.entry("prelim.store.copy.secret-key-file", "/run/secrets/secret"),
                Map.entry("prelim.store.copy.object-size", "8M"),
                Map.entry("prelim.store.copy.concurrency", "8"),
                Map.entry("prelim.store.copy.deadline", "PT5S"),
                Map.entry("prelim.store.copy.connect-timeout", "PT1S"),
                Map.entry("prelim.store.copy.attempt-timeout", "PT2S"),
                Map.entry("prelim.store.copy.retry-every", "PT1S"),
                Map.entry("prelim.store.copy.restore", "6ba7b810-9dad-11d1-80b4-00c04fd430c8"),
                Map.entry("prelim.recovery.from-start", "true"),
                Map.entry("prelim.retention.keep", "P30D"),
                Map.entry("prelim.retention.low-free", "10G"),
                Map.entry("prelim.retention.enough-free", "20G"),
                Map.entry("prelim.retention.keep-at-least", "PT2H"),
                Map.entry("prelim.retention.copy-below", "0.25"),
                Map.entry("prelim.retention.segments-at-once", "2"),
                Map.entry("prelim.sweep.rate", "1M"),
                Map.entry("prelim.sweep.every", "P1D"),
                Map.entry("prelim.sweep.minimum-age", "PT2H"),
                Map.entry("prelim.backfill.in-hand", "3"),
                Map.entry("prelim.backfill.check-every", "PT5S"),
                Map.entry("prelim.recovery.checkpoint-every", "PT3S"),
                Map.entry("prelim.receive.max-object-size", "1G"),
                Map.entry("prelim.assembly.quiet-period", "PT9S"),
                Map.entry("prelim.assembly.quiet-periods.CT", "PT30S"),
                Map.entry("prelim.assembly.learned.enabled", "true"),
                Map.entry("prelim.assembly.learned.senders", "CT1,MR1"),
                Map.entry("prelim.assembly.learned.minimum", "PT1S"),
                Map.entry("prelim.assembly.learned.maximum", "PT1M"),
                Map.entry("prelim.assembly.learned.safety", "3"),
                Map.entry("prelim.assembly.learned.min-gaps", "10"),
                Map.entry("prelim.assembly.learned.min-studies", "11"),
                Map.entry("prelim.assembly.hints.max-instances", "9"),
                Map.entry("prelim.assembly.hints.keep", "P1D"),
                Map.entry("prelim.assembly.hints.ask-after", "PT2S"),
                Map.entry("prelim.assembly.hints.ask-for", "PT1M"),
                Map.entry("prelim.parts.tokens.inference", "i"),
                Map.entry("prelim.parts.tokens.report", "r")));

        assertThat(config.site()).isEqualTo("north");
        assertThat(config.issuer()).isEqualTo("hospital");
        assertThat(config.topics().prefix()).isEqualTo("x.");
        assertThat(config.identity().secret()).contains("0123456789abcdef");
        assertThat(config.identity().patientIssuer()).isEqualTo("hospital");
        assertThat(config.identity().accessionIssuer()).isEqualTo("ris");
        assertThat(config.identity().orderIssuer()).isEqualTo("his");
        assertThat(config.orders().procedures()).containsOnly(Map.entry("99RAD|CXR", "SCT^399208008"));
        assertThat(config.hl7().address()).isEqualTo("10.0.0.3");
        assertThat(config.hl7().port()).isEqualTo(2576);
        assertThat(config.hl7().maxConnections()).isEqualTo(5);
        assertThat(config.hl7().maxMessageSize().asLongValue()).isEqualTo(2 * MIB);
        assertThat(config.hl7().idleTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.hl7().messageTimeout()).isEqualTo(Duration.ofSeconds(6));
        Hl7PeerConfig engine = config.hl7().peers().get("engine");
        assertThat(engine.networks()).containsExactly("10.4.0.0/16", "10.5.5.5");
        assertThat(engine.applications()).isEmpty();
        assertThat(engine.maxConnections()).isEqualTo(4);
        assertThat(engine.characterSet()).isEqualTo("8859/1");
        assertThat(engine.accessionField()).isEqualTo(Hl7PeerConfig.AccessionField.OBR_18);
        assertThat(engine.site()).isEmpty();
        assertThat(engine.patientIssuer()).isEmpty();
        assertThat(engine.patientIssuers()).isEmpty();
        assertThat(engine.accessionIssuer()).isEmpty();
        assertThat(engine.orderIssuer()).isEmpty();
        Hl7PeerConfig clinic = config.hl7().peers().get("clinic");
        assertThat(clinic.applications()).contains(List.of("RIS", "HIS"));
        assertThat(clinic.maxConnections()).isEqualTo(1);
        assertThat(clinic.characterSet()).isEqualTo("UNICODE UTF-8");
        assertThat(clinic.accessionField()).isEqualTo(Hl7PeerConfig.AccessionField.OBR_3);
        assertThat(clinic.site()).contains("west");
        assertThat(clinic.patientIssuer()).contains("clinic");
        assertThat(clinic.patientIssuers()).contains(List.of("national", "west"));
        assertThat(clinic.accessionIssuer()).contains("clinic-ris");
        assertThat(clinic.orderIssuer()).contains("clinic-his");
        assertThat(config.dicom().aeTitle()).isEqualTo("AI");
        assertThat(config.dicom().address()).isEqualTo("10.0.0.1");
        assertThat(config.dicom().port()).isEqualTo(104);
        assertThat(config.dicom().peers()).contains(List.of("CT1@10.0.0.0/8", "MR1@10.1.1.1"));
        RemoteConfig archive = config.dicom().remotes().get("archive");
        assertThat(archive.aeTitle()).isEqualTo("PACS");
        assertThat(archive.networks()).contains(List.of("10.2.0.0/16", "10.3.3.3"));
        assertThat(archive.reserved()).isFalse();
        assertThat(archive.maxAssociations()).contains(2);
        assertThat(archive.host()).contains("pacs.example");
        assertThat(archive.port()).hasValue(104);
        assertThat(archive.certificates()).contains(List.of("ab:cd", "ef"));
        assertThat(archive.tls()).isTrue();
        assertThat(archive.patientIssuer()).contains("archive");
        assertThat(archive.accessionIssuer()).contains("archive-ris");
        TlsConfig tls = config.dicom().tls();
        assertThat(tls.address()).contains("10.0.0.2");
        assertThat(tls.port()).isEqualTo(2763);
        assertThat(tls.certificate()).contains(Path.of("/tls/ours.crt"));
        assertThat(tls.key()).contains(Path.of("/tls/ours.key"));
        assertThat(tls.trust()).contains(Path.of("/tls/trust.crt"));
        assertThat(tls.clientCertificates()).isEqualTo(ServerTls.ClientCertificates.WANTED);
        assertThat(tls.checkHostName()).isFalse();
        RemoteConfig modality = config.dicom().remotes().get("modality");
        assertThat(modality.aeTitle()).isEqualTo("CT1");
        assertThat(modality.networks()).isEmpty();
        assertThat(modality.certificates()).isEmpty();
        assertThat(modality.tls()).isFalse();
        assertThat(modality.patientIssuer()).isEmpty();
        assertThat(modality.accessionIssuer()).isEmpty();
        assertThat(modality.reserved()).isTrue();
        assertThat(modality.maxAssociations()).isEmpty();
        assertThat(modality.completeOnRelease()).isTrue();
        assertThat(modality.archive()).contains("archive");
        assertThat(archive.completeOnRelease()).isFalse();
        assertThat(archive.archive()).isEmpty();
        assertThat(modality.host()).isEmpty();
        assertThat(modality.port()).isEmpty();
        assertThat(config.priors().archive()).contains("archive");
        assertThat(config.priors().maxStudies()).isEqualTo(7);
        assertThat(config.priors().keep()).isEqualTo(Duration.ofDays(2));
        assertThat(config.commitment().awaitInstances()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.commitment().giveUpAfter()).isEqualTo(Duration.ofHours(1));
        assertThat(config.recovery().fromStart()).isTrue();
        assertThat(config.retention().keep()).contains(Duration.ofDays(30));
        assertThat(config.retention().lowFree().orElseThrow().asLongValue()).isEqualTo(10 * 1024 * MIB);
        assertThat(config.retention().enoughFree().orElseThrow().asLongValue()).isEqualTo(20 * 1024 * MIB);
        assertThat(config.retention().keepAtLeast()).isEqualTo(Duration.ofHours(2));
        assertThat(config.retention().copyBelow()).isEqualTo(0.25);
        assertThat(config.retention().segmentsAtOnce()).isEqualTo(2);
        assertThat(config.sweep().rate().asLongValue()).isEqualTo(MIB);
        assertThat(config.sweep().every()).isEqualTo(Duration.ofDays(1));
        assertThat(config.sweep().minimumAge()).isEqualTo(Duration.ofHours(2));
        assertThat(config.backfill().inHand()).isEqualTo(3);
        assertThat(config.backfill().checkEvery()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.recovery().checkpointEvery()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.stow().maxRequests()).isEqualTo(2);
        assertThat(config.stow().maxRequestSize().asLongValue()).isEqualTo(MIB);
        assertThat(config.stow().maxParts()).isEqualTo(3);
        assertThat(config.stow().maxPartHeader().asLongValue()).isEqualTo(2 << 10);
        assertThat(config.stow().maxMetadata().asLongValue()).isEqualTo(4 * MIB);
        assertThat(config.stow().window()).isEqualTo(5);
        assertThat(config.stow().idleTimeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(config.dicomWeb().tokens()).containsOnly(Map.entry("viewer", "v"));
        assertThat(config.dicomWeb().baseUrl()).contains(URI.create("https://pacs.example/dicom-web"));
        assertThat(config.dicomWeb().maxRequests()).isEqualTo(3);
        assertThat(config.dicomWeb().maxInline().asLongValue()).isEqualTo(4 << 10);
        assertThat(config.dicomWeb().decodesAtOnce()).isEqualTo(4);
        assertThat(config.dicomWeb().maxFrameSize().asLongValue()).isEqualTo(MIB);
        assertThat(config.dicomWeb().decodeTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.dicomWeb().maxInflated().asLongValue()).isEqualTo(2 * MIB);
        assertThat(config.dicomWeb().thumbnailCache().asLongValue()).isEqualTo(3 * MIB);
        assertThat(config.dicomWeb().defaultResults()).isEqualTo(7);
        assertThat(config.dicomWeb().maxResults()).isEqualTo(8);
        assertThat(config.dicomWeb().maxOffset()).isEqualTo(9);
        assertThat(config.dicomWeb().searchTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.store().directory()).isEqualTo(Path.of("/data"));
        assertThat(config.store().segmentSize().asLongValue()).isEqualTo(64 * MIB);
        assertThat(config.store().spareSegments()).isEqualTo(2);
        assertThat(config.store().minFree().asLongValue()).isEqualTo(1024 * MIB);
        CopyConfig copy = config.store().copy();
        assertThat(copy.bucket()).contains("copies");
        assertThat(copy.endpoint()).contains(URI.create("https://s3.example:9000"));
        assertThat(copy.allowPlainHttp()).isTrue();
        assertThat(copy.prefix()).isEqualTo("site/ct");
        assertThat(copy.region()).isEqualTo("eu-central-1");
        assertThat(copy.pathStyle()).isFalse();
        assertThat(copy.accessKeyFile()).contains(Path.of("/run/secrets/access"));
        assertThat(copy.secretKeyFile()).contains(Path.of("/run/secrets/secret"));
        assertThat(copy.objectSize().asLongValue()).isEqualTo(8 * MIB);
        assertThat(copy.concurrency()).isEqualTo(8);
        assertThat(copy.deadline()).isEqualTo(Duration.ofSeconds(5));
        assertThat(copy.connectTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(copy.attemptTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(copy.retryEvery()).isEqualTo(Duration.ofSeconds(1));
        assertThat(copy.restore()).contains(UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8"));
        assertThat(config.receive().maxObjectSize().asLongValue()).isEqualTo(1024 * MIB);
        assertThat(config.assembly().quietPeriod()).isEqualTo(Duration.ofSeconds(9));
        assertThat(config.assembly().quietPeriods()).containsOnly(Map.entry("CT", Duration.ofSeconds(30)));
        assertThat(config.assembly().learned().enabled()).isTrue();
        assertThat(config.assembly().learned().senders()).contains(List.of("CT1", "MR1"));
        assertThat(config.assembly().learned().minimum()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.assembly().learned().maximum()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.assembly().learned().safety()).isEqualTo(3);
        assertThat(config.assembly().learned().minGaps()).isEqualTo(10);
        assertThat(config.assembly().learned().minStudies()).isEqualTo(11);
        assertThat(config.assembly().hints().maxInstances()).isEqualTo(9);
        assertThat(config.assembly().hints().keep()).isEqualTo(Duration.ofDays(1));
        assertThat(config.assembly().hints().askAfter()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.assembly().hints().askFor()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.parts().tokens().inference()).contains("i");
        assertThat(config.parts().tokens().report()).contains("r");
    }

    private static IngestConfig config(Map<String, String> values) {
        return TestConfig.of(values);
    }
}
