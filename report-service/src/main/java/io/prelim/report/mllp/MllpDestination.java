package io.prelim.report.mllp;

import io.prelim.dicom.net.transport.ClientTls;
import io.prelim.events.ReportChanged;
import io.prelim.report.delivery.Answer;
import io.prelim.report.delivery.Destination;
import io.prelim.report.delivery.Limits;
import io.prelim.report.delivery.TlsFiles;
import io.prelim.report.render.hl7.OruReport;
import io.prelim.report.settings.MllpSettings;
import io.prelim.report.store.Delivery;
import io.prelim.report.store.DeliveryQueue;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A receiver of ORU^R01, on one connection at a time, a message after the answer to the one before. */
final class MllpDestination implements Destination<Result> {
    private static final String KIND = "ORU";
    private static final int MOST_PORT = 65_535;
    /** An HD field: no delimiter but that of components. */
    private static final Pattern NAME = Pattern.compile("[ -~&&[^|~\\\\&]]{1,180}");

    private final MllpSettings settings;
    private final Results results;
    private final String host;
    private final int port;
    private final Limits limits;
    private final OruReport.Route route;

    /** @throws IllegalArgumentException naming the setting that is missing or wrong */
    MllpDestination(MllpSettings settings, Results results) {
        this.settings = settings;
        this.results = results;
        this.host = settings.host()
                .filter(given -> !given.isBlank())
                .orElseThrow(() -> new IllegalArgumentException("host must be set"));
        this.port = settings.port().orElse(0);
        if (port < 1 || port > MOST_PORT) {
            throw new IllegalArgumentException("port must be set, 1 to " + MOST_PORT);
        }
        this.limits = Limits.of(settings, settings.newestOnly());
        if (settings.mostRefusals() < 1) {
            throw new IllegalArgumentException("most-refusals must be 1 or more");
        }
        tls(settings);
        this.route = new OruReport.Route(
                name("sending-facility", settings.sendingFacility()),
                name("receiving-application", settings.receivingApplication()),
                name("receiving-facility", settings.receivingFacility()));
    }

    private static void tls(MllpSettings settings) {
        if (settings.certificate().isPresent() != settings.key().isPresent()) {
            throw new IllegalArgumentException("certificate and key belong together");
        }
        if (settings.tls() && settings.trust().isEmpty()) {
            throw new IllegalArgumentException("tls needs trust");
        }
        if (!settings.tls()
                && (settings.certificate().isPresent() || settings.trust().isPresent())) {
            throw new IllegalArgumentException("certificate and trust need tls=true");
        }
    }

    private static String name(String setting, Optional<String> value) {
        if (value.isPresent() && !NAME.matcher(value.get()).matches()) {
            throw new IllegalArgumentException(
                    setting + " must be 1 to 180 characters of ASCII, with ^ as the only delimiter");
        }
        return value.orElse(null);
    }

    @Override
    public String protocol() {
        return settings.tls() ? "MLLP over TLS" : "MLLP";
    }

    @Override
    public Limits limits() {
        return limits;
    }

    @Override
    public List<String> kinds() {
        return List.of(KIND);
    }

    @Override
    public List<DeliveryQueue.Item> wanted(ReportChanged change) {
        return results
                .version(change)
                .map(version -> new DeliveryQueue.Item(
                        change.reportKey(),
                        version,
                        KIND,
                        null,
                        OruReport.controlId(change.reportKey(), version),
                        null))
                .stream()
                .toList();
    }

    @Override
    public Result write(Delivery delivery) {
        return new Result(delivery.messageId(), results.write(delivery.reportKey(), delivery.version(), route));
    }

    @Override
    public Session<Result> open() throws IOException {
        ClientTls tls =
                settings.tls() ? new ClientTls(TlsFiles.of(settings).context(), settings.checkHostName()) : null;
        MllpConnection connection =
                MllpConnection.open(host, port, tls, limits.connectTimeout(), limits.answerTimeout());
        return new Session<>() {
            @Override
            public Answer send(Result result) throws IOException {
                Acknowledgement answer = Acknowledgement.read(connection.ask(result.message()))
                        .orElseThrow(() -> new Unreachable("the answer is no acknowledgement", null));
                if (!answer.controlId().equals(result.controlId())) {
                    throw new Unreachable("the answer is to another message (MSA-2)", null);
                }
                return answer.answer(settings.mostRefusals())
                        .orElseThrow(() -> new Unreachable("the answer has no code of HL7 (MSA-1)", null));
            }

            @Override
            public void close() {
                connection.close();
            }
        };
    }
}
