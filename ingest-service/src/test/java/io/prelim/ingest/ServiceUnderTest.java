package io.prelim.ingest;

import io.prelim.testkit.peers.Orthanc;
import io.prelim.testkit.peers.QueryArchive;
import io.prelim.testkit.port.FreePort;
import io.prelim.testkit.quarkus.BrokerAndDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The service's surroundings in every test: real broker, real database behind a proxy that can be cut, a store of its own, short
 * periods. One resource for all test classes, so that the service starts once.
 */
public class ServiceUnderTest extends BrokerAndDatabase {
    public static final String INFERENCE_TOKEN = "inference-under-test";
    public static final String REPORT_TOKEN = "report-under-test";

    /** Of whoever may read over DICOMweb. */
    public static final String READER_TOKEN = "reader-under-test";

    /** Matches of one search, at most. */
    public static final int MAX_RESULTS = 5;

    /** Of the keys of orders and patients. */
    public static final String IDENTITY_SECRET = "the secret of the service under test";

    /** Bytes of the longest HL7 message. */
    public static final int LONGEST_MESSAGE = 64 << 10;

    /** Address of a sender with issuers of its own, and the AE title of its modality. */
    public static final String CLINIC = "127.0.0.3";

    public static final String CLINIC_MODALITY = "CLINICDX";

    /** AE title of a peer that may ask for commitment, and its name in the configuration. */
    public static final String REQUESTER = "REQUESTER";

    /** AE title of the archive that priors come from. */
    public static final String ARCHIVE = QueryArchive.AE_TITLE;

    /** Its images have a quiet period that no test waits for. */
    public static final String PATIENT_MODALITY = "MR";

    /** AE title of a sender whose studies are complete when it releases its association. */
    public static final String RELEASER = "RELEASER";

    /** AE title of the one sender whose quiet periods are learned. */
    public static final String LEARNER = "LEARNER";

    /** AE title of a sender whose archive is asked for its counts. */
    public static final String COUNTED = "COUNTED";

    /** A port that nobody listens on. */
    public static final int NOWHERE = 1;

    /** Instances of one commitment request. */
    public static final int COMMITMENT_INSTANCES = 40;

    private static volatile TcpProxy database;
    private static volatile int requesterPort;
    private static volatile TcpProxy archive;
    private static volatile TcpProxy orthanc;

    /** Between the service and its database. */
    public static TcpProxy database() {
        return database;
    }

    /** Between the service and its archive; leads nowhere until a test redirects it. */
    public static TcpProxy archive() {
        return archive;
    }

    /** The same of Orthanc, as requester of commitment. */
    public static TcpProxy orthanc() {
        return orthanc;
    }

    /** Where results of storage commitment are sent to; nobody listens until a test does. */
    public static int requesterPort() {
        return requesterPort;
    }

    @Override
    public Map<String, String> start() {
        Map<String, String> config = new HashMap<>(super.start());
        try {
            Path store = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "store-");
            config.put("prelim.store.directory", store.toString());
            requesterPort = FreePort.next();
            archive = TcpProxy.to(NOWHERE);
            orthanc = TcpProxy.to(NOWHERE);
            config.put("quarkus.datasource.jdbc.url", behindProxy(config.get("quarkus.datasource.jdbc.url")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        config.put("prelim.dicom.port", "0");
        config.put("prelim.identity.secret", IDENTITY_SECRET);
        config.put("prelim.orders.procedures.CXR", "SCT^399208008^Plain chest X-ray");
        config.put("prelim.hl7.port", "0");
        config.put("prelim.hl7.max-message-size", Integer.toString(LONGEST_MESSAGE));
        config.put("prelim.hl7.message-timeout", "1S");
        config.put("prelim.hl7.idle-timeout", "3S");
        config.put("prelim.hl7.peers.engine.networks", "127.0.0.1");
        config.put("prelim.hl7.peers.engine.max-connections", "3");
        config.put("prelim.hl7.peers.clinic.networks", CLINIC);
        config.put("prelim.hl7.peers.clinic.applications", "CLINIC");
        config.put("prelim.hl7.peers.clinic.patient-issuer", "clinic");
        config.put("prelim.hl7.peers.clinic.accession-issuer", "clinic");
        config.put("prelim.hl7.peers.clinic.order-issuer", "clinic");
        config.put("prelim.dicom.remotes.clinic.ae-title", CLINIC_MODALITY);
        config.put("prelim.dicom.remotes.clinic.patient-issuer", "clinic");
        config.put("prelim.dicom.remotes.clinic.accession-issuer", "clinic");
        config.put("prelim.parts.tokens.inference", INFERENCE_TOKEN);
        config.put("prelim.parts.tokens.report", REPORT_TOKEN);
        config.put("prelim.dicom-web.tokens.reader", READER_TOKEN);
        config.put("prelim.dicom-web.max-results", Integer.toString(MAX_RESULTS));
        config.put("prelim.store.segment-size", "8M");
        config.put("prelim.receive.memory-per-object", "1M");
        config.put("prelim.receive.max-object-size", "8M");
        config.put("prelim.stow.max-requests", "4");
        config.put("prelim.stow.max-parts", "200");
        config.put("prelim.stow.max-part-header", "1K");
        config.put("prelim.stow.max-request-size", "2G");
        config.put("prelim.stow.max-metadata", "1M");
        config.put("prelim.stow.idle-timeout", "2S");
        config.put("prelim.dicom.remotes.requester.ae-title", REQUESTER);
        config.put("prelim.dicom.remotes.requester.host", "127.0.0.1");
        config.put("prelim.dicom.remotes.requester.port", Integer.toString(requesterPort));
        config.put("prelim.dicom.remotes.archive.ae-title", ARCHIVE);
        config.put("prelim.dicom.remotes.archive.host", "127.0.0.1");
        config.put("prelim.dicom.remotes.archive.port", Integer.toString(archive.port()));
        config.put("prelim.dicom.remotes.orthanc.ae-title", Orthanc.AE_TITLE);
        config.put("prelim.dicom.remotes.orthanc.host", "127.0.0.1");
        config.put("prelim.dicom.remotes.orthanc.port", Integer.toString(orthanc.port()));
        config.put("prelim.priors.archive", "archive");
        config.put("prelim.priors.max-studies", "2");
        config.put("prelim.priors.pause", "0.1S");
        config.put("prelim.priors.check-every", "0.1s");
        config.put("prelim.priors.attempts", "2");
        config.put("prelim.priors.retry-after", "0.2S");
        config.put("prelim.priors.purge-every", "0.5s");
        config.put("prelim.commitment.max-instances", Integer.toString(COMMITMENT_INSTANCES));
        config.put("prelim.commitment.await-instances", "1S");
        config.put("prelim.commitment.check-every", "0.1s");
        config.put("prelim.commitment.first-retry", "0.1S");
        config.put("prelim.commitment.last-retry", "0.5S");
        config.put("prelim.commitment.give-up-after", "4S");
        config.put("prelim.assembly.quiet-period", "0.4S");
        config.put("prelim.assembly.quiet-periods.CT", "1.5S");
        config.put("prelim.assembly.quiet-periods." + PATIENT_MODALITY, "60S");
        config.put("prelim.assembly.check-every", "0.1s");
        config.put("prelim.assembly.hints.max-instances", "20");
        config.put("prelim.assembly.hints.ask-after", "0.2S");
        config.put("prelim.assembly.hints.ask-again", "0.3S");
        config.put("prelim.assembly.hints.ask-for", "20S");
        config.put("prelim.assembly.hints.ask-timeout", "5S");
        config.put("prelim.assembly.learned.enabled", "true");
        config.put("prelim.assembly.learned.senders", LEARNER);
        config.put("prelim.assembly.learned.minimum", "1S");
        config.put("prelim.assembly.learned.maximum", "30S");
        config.put("prelim.assembly.learned.min-gaps", "6");
        config.put("prelim.assembly.learned.min-studies", "3");
        config.put("prelim.dicom.remotes.releaser.ae-title", RELEASER);
        config.put("prelim.dicom.remotes.releaser.complete-on-release", "true");
        config.put("prelim.dicom.remotes.counted.ae-title", COUNTED);
        config.put("prelim.dicom.remotes.counted.archive", "archive");
        // tests look themselves, so that nothing they break by hand is swept up before they have looked
        config.put("prelim.sweep.rate", "0");
        config.put("prelim.retention.check-every", "1h");
        config.put("prelim.ledger.reconcile-every", "1h");
        config.put("prelim.retention.erase-every", "0.2s");
        config.put("prelim.recovery.checkpoint-every", "1s");
        config.put("quarkus.datasource.jdbc.acquisition-timeout", "2S");
        config.put("quarkus.log.file.enabled", "true");
        config.put("quarkus.log.file.path", LOG.toString());
        config.put("quarkus.log.category.\"io.prelim\".level", "DEBUG");
        return config;
    }

    /** Everything the service logs, for the canary. */
    public static final Path LOG = Path.of("target", "service-under-test.log").toAbsolutePath();

    private static String behindProxy(String jdbcUrl) throws IOException {
        Matcher port = Pattern.compile("127\\.0\\.0\\.1:(\\d+)/").matcher(jdbcUrl);
        if (!port.find()) {
            throw new IllegalStateException("no port in " + jdbcUrl);
        }
        database = TcpProxy.to(Integer.parseInt(port.group(1)));
        return port.replaceFirst("127.0.0.1:" + database.port() + "/");
    }
}
