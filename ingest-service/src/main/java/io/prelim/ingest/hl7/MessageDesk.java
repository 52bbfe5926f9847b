package io.prelim.ingest.hl7;

import io.micrometer.core.instrument.MeterRegistry;
import io.prelim.events.Event;
import io.prelim.events.IdentityKeys;
import io.prelim.events.Ids;
import io.prelim.ingest.hl7.Refusal.Refused;
import io.prelim.ingest.notice.OperatorMessage;
import io.prelim.ingest.orders.ClinicalEvents;
import io.prelim.ingest.orders.SignedReports;
import io.prelim.ingest.patients.Keys;
import io.prelim.ingest.patients.MergeRefused;
import io.prelim.store.Content;
import io.prelim.store.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/** One message to its answer: read, kept, acknowledged. Safe for use by many threads. */
@ApplicationScoped
public class MessageDesk {
    private static final Logger LOG = Logger.getLogger(MessageDesk.class);

    /** Message types that are taken, as MSH-9 names them. */
    public static final Set<String> ORDERS = Set.of("ORM^O01", "OMI^O23", "OMG^O19");

    public static final Set<String> UPDATES = Set.of("ADT^A08", "ADT^A31");
    public static final Set<String> MERGES = Set.of("ADT^A40", "ADT^A47");
    public static final Set<String> REPORTS = Set.of("ORU^R01", "MDM^T02", "MDM^T04", "MDM^T06", "MDM^T08", "MDM^T10");

    private static final Set<String> VERSIONS =
            Set.of("2.1", "2.2", "2.3", "2.3.1", "2.4", "2.5", "2.5.1", "2.6", "2.7", "2.7.1", "2.8", "2.8.1", "2.8.2");
    private static final int LONGEST_CONTROL_ID = 199;

    private final ClinicalEvents events;
    private final SignedReports reports;
    private final Keys keys;
    private final MeterRegistry meters;

    MessageDesk(ClinicalEvents events, SignedReports reports, Keys keys, MeterRegistry meters) {
        this.events = events;
        this.reports = reports;
        this.keys = keys;
        this.meters = meters;
    }

    /** The acknowledgement of a message, which is AA when what it says is committed; never fails. */
    byte[] answer(Hl7Peer peer, byte[] bytes) {
        Segment header = Hl7Message.header(bytes).orElse(null);
        Refusal refusal = null;
        try {
            take(peer, Hl7Message.parse(bytes, peer.characterSet()), bytes);
        } catch (Refused e) {
            refusal = e.refusal();
        } catch (MergeRefused e) {
            refusal = Refusal.error(
                    "MRG",
                    1,
                    1,
                    Refusal.UNKNOWN_KEY,
                    e.why() == MergeRefused.Why.CYCLE
                            ? "the patient of PID-3 was merged into it"
                            : "it was merged into another patient");
        } catch (RuntimeException e) {
            OperatorMessage.MLLP_FAILED.log(LOG, "peer", peer.name(), "reason", OperatorMessage.reason(e));
            refusal = Refusal.error(null, 0, 0, Refusal.INTERNAL, "not kept; send it again later");
        }
        return answer(peer, header, refusal);
    }

    /** The answer to what is longer than a message may be. */
    byte[] tooLong(Hl7Peer peer, byte[] begin) {
        return answer(
                peer,
                Hl7Message.header(begin).orElse(null),
                Refusal.reject(null, 0, Refusal.DATA_TYPE, "longer than " + begin.length + " bytes"));
    }

    private byte[] answer(Hl7Peer peer, Segment header, Refusal refusal) {
        String type = label(header);
        String code = refusal == null ? "AA" : refusal.code().name();
        meters.counter("prelim.ingest.hl7.messages", "type", type, "answer", code)
                .increment();
        if (refusal != null) {
            OperatorMessage.MLLP_REFUSED.log(
                    LOG,
                    "peer",
                    peer.name(),
                    "type",
                    type,
                    "answer",
                    code,
                    "place",
                    refusal.place(),
                    "error",
                    refusal.error());
        }
        return Acknowledgement.of(header, refusal, Instant.now());
    }

    private void take(Hl7Peer peer, Hl7Message message, byte[] bytes) throws Refused {
        check(peer, message.header());
        Instant at = Fields.time(message.header().value(7, 1), ZoneId.systemDefault())
                .orElseGet(Instant::now);
        String type = message.type();
        IdentityKeys identity = keys.identity().orElseThrow();
        if (ORDERS.contains(type)) {
            publish(peer, message, bytes, new OrderReader(peer, identity).read(message, at), at);
        } else if (UPDATES.contains(type)) {
            publish(peer, message, bytes, List.of(new PatientReader(peer, identity).update(message, at)), at);
        } else if (MERGES.contains(type)) {
            publish(peer, message, bytes, new PatientReader(peer, identity).merges(message, at), at);
        } else if (REPORTS.contains(type)) {
            new ReportReader(peer, message)
                    .read(id("report", peer, message, bytes, 0), at, bytes)
                    .ifPresent(reports::accept);
        } else if (!message.header().value(9, 1).equals("SIU")) {
            boolean known = Set.of("ORM", "OMI", "OMG", "ADT", "ORU", "MDM")
                    .contains(message.header().value(9, 1));
            throw new Refused(Refusal.reject(
                    "MSH",
                    9,
                    known ? Refusal.UNSUPPORTED_EVENT : Refusal.UNSUPPORTED_MESSAGE,
                    known ? "trigger event not supported" : "message type not supported"));
        }
    }

    private static void check(Hl7Peer peer, Segment header) throws Refused {
        String controlId = header.value(10, 1);
        if (controlId.isEmpty()) {
            throw new Refused(Refusal.reject("MSH", 10, Refusal.REQUIRED_MISSING, "required field missing"));
        }
        if (controlId.length() > LONGEST_CONTROL_ID) {
            throw new Refused(
                    Refusal.reject("MSH", 10, Refusal.DATA_TYPE, "longer than " + LONGEST_CONTROL_ID + " characters"));
        }
        if (!VERSIONS.contains(header.value(12, 1))) {
            throw new Refused(Refusal.reject("MSH", 12, Refusal.UNSUPPORTED_VERSION, "version not supported"));
        }
        String processing = header.value(11, 1);
        if (!processing.isEmpty() && !processing.equals("P")) {
            throw new Refused(Refusal.reject("MSH", 11, Refusal.UNSUPPORTED_PROCESSING_ID, "not of production"));
        }
        if (!peer.applications().isEmpty() && !peer.applications().contains(header.value(3, 1))) {
            throw new Refused(Refusal.reject("MSH", 3, Refusal.NOT_IN_TABLE, "application not known"));
        }
    }

    private void publish(Hl7Peer peer, Hl7Message message, byte[] bytes, List<Event> told, Instant at) {
        events.acceptAndPublish(IntStream.range(0, told.size())
                .mapToObj(i -> new ClinicalEvents.Told(id("event", peer, message, bytes, i), told.get(i), at))
                .toList());
    }

    /** Equal for the same message again: one of this sender, control id and content. */
    private static UUID id(String kind, Hl7Peer peer, Hl7Message message, byte[] bytes, int index) {
        try {
            return Ids.v5(
                    "hl7",
                    kind,
                    peer.name(),
                    message.header().field(3),
                    message.header().field(4),
                    message.header().field(10),
                    Sha256.of(Content.of(bytes)).hex(),
                    Integer.toString(index));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String label(Segment header) {
        if (header == null) {
            return "none";
        }
        String type = header.value(9, 1) + "^" + header.value(9, 2);
        boolean taken =
                ORDERS.contains(type) || UPDATES.contains(type) || MERGES.contains(type) || REPORTS.contains(type);
        return taken ? type : header.value(9, 1).equals("SIU") ? "SIU" : "other";
    }
}
