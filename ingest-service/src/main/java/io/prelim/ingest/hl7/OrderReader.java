package io.prelim.ingest.hl7;

import io.prelim.dicom.core.Uid;
import io.prelim.events.Event;
import io.prelim.events.IdentityKeys;
import io.prelim.events.Order;
import io.prelim.events.OrderChanged;
import io.prelim.events.OrderPlaced;
import io.prelim.events.Patient;
import io.prelim.events.Phi;
import io.prelim.events.Priority;
import io.prelim.ingest.hl7.Refusal.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Orders of ORM^O01, OMI^O23 and OMG^O19: one for each ORC, with the segments up to the next. Pure. */
final class OrderReader {
    /** Orders of one message; more are refused. */
    static final int MOST_ORDERS = 100;

    private static final int LONGEST_INDICATION = 2000;
    private static final int MOST_REASONS = 16;

    /** ORC-1 (HL7 table 0119): a new order; one that is changed; one that is no more. */
    private static final Set<String> NEW = Set.of("NW", "SN", "RO", "PA", "CH", "NA");

    private static final Set<String> CHANGED = Set.of("XO", "XX", "XR", "SC", "SS", "SR", "RU", "OK", "PR", "CN");
    private static final Set<String> CANCELLED = Set.of("CA", "OC", "CR", "UC", "DC", "OD", "DR", "RP", "OR");

    private final Hl7Peer peer;
    private final IdentityKeys keys;

    OrderReader(Hl7Peer peer, IdentityKeys keys) {
        this.peer = peer;
        this.keys = keys;
    }

    List<Event> read(Hl7Message message, Instant at) throws Refused {
        Patient patient = Fields.patient(message.required("PID"), 3, 5, peer.patientIssuer(), peer);
        message.required("ORC");
        List<Event> events = new ArrayList<>();
        List<Segment> group = new ArrayList<>();
        for (Segment segment : message.segments()) {
            if (segment.name().equals("ORC") && !group.isEmpty()) {
                events.add(order(group, patient, at));
                group.clear();
            }
            if (segment.name().equals("ORC") || !group.isEmpty()) {
                group.add(segment);
            }
            if (events.size() == MOST_ORDERS) {
                throw new Refused(Refusal.reject("ORC", 0, Refusal.SEGMENT_SEQUENCE, "more than " + MOST_ORDERS));
            }
        }
        events.add(order(group, patient, at));
        return events;
    }

    private Event order(List<Segment> group, Patient patient, Instant at) throws Refused {
        Segment orc = group.get(0);
        Segment obr = find(group, "OBR");
        String control = orc.value(1, 1);
        boolean cancelled = CANCELLED.contains(control);
        if (!cancelled && !NEW.contains(control) && !CHANGED.contains(control)) {
            throw new Refused(Refusal.error(
                    "ORC",
                    orc.sequence(),
                    1,
                    control.isEmpty() ? Refusal.REQUIRED_MISSING : Refusal.NOT_IN_TABLE,
                    "order control not supported"));
        }
        if (obr == null && !cancelled) {
            throw new Refused(
                    Refusal.error("OBR", orc.sequence(), 0, Refusal.SEGMENT_SEQUENCE, "required segment missing"));
        }
        Phi<String> placer = either(orc, 2, obr, 2);
        Phi<String> filler = either(orc, 3, obr, 3);
        if (placer == null && filler == null) {
            throw new Refused(
                    Refusal.error("ORC", orc.sequence(), 2, Refusal.REQUIRED_MISSING, "required field missing"));
        }
        Phi<String> accession = accession(group, obr, placer, filler);
        Order order = new Order(
                peer.orderIssuer(),
                placer,
                filler,
                accession == null ? null : peer.accessionIssuer(),
                accession,
                studyInstanceUid(group),
                patient,
                obr == null ? null : Fields.code(obr, 4),
                priority(group, orc, obr),
                obr == null ? null : indication(obr),
                cancelled ? Order.Status.CANCELLED : status(orc.value(5, 1)),
                peer.site());
        UUID key = keys.order(order.issuer(), order.number());
        return NEW.contains(control) ? new OrderPlaced(key, order, at) : new OrderChanged(key, order, at);
    }

    private static Phi<String> either(Segment first, int field, Segment second, int other) throws Refused {
        Phi<String> value = Fields.identifier(first, field, first.value(field, 1));
        return value != null || second == null ? value : Fields.identifier(second, other, second.value(other, 1));
    }

    private Phi<String> accession(List<Segment> group, Segment obr, Phi<String> placer, Phi<String> filler)
            throws Refused {
        Segment ipc = find(group, "IPC");
        Phi<String> accession = ipc == null ? null : Fields.identifier(ipc, 1, ipc.value(1, 1));
        if (accession != null) {
            return accession;
        }
        return switch (peer.accessionField()) {
            case OBR_18 -> obr == null ? null : Fields.identifier(obr, 18, obr.value(18, 1));
            case OBR_3 -> filler;
            case OBR_2 -> placer;
        };
    }

    /** IPC-3, or ZDS-1 of IHE's scheduled workflow for ORM. */
    private static String studyInstanceUid(List<Segment> group) throws Refused {
        for (String name : List.of("IPC", "ZDS")) {
            Segment segment = find(group, name);
            int field = name.equals("IPC") ? 3 : 1;
            String uid = segment == null ? "" : segment.value(field, 1);
            if (!uid.isEmpty()) {
                if (!Uid.isValid(uid)) {
                    throw new Refused(
                            Refusal.error(name, segment.sequence(), field, Refusal.DATA_TYPE, "not a valid UID"));
                }
                return uid;
            }
        }
        return null;
    }

    /** TQ1-9, else the sixth component of the older TQ in ORC-7 and OBR-27, else OBR-5. */
    private static Priority priority(List<Segment> group, Segment orc, Segment obr) {
        Segment tq1 = find(group, "TQ1");
        for (String code : new String[] {
            tq1 == null ? "" : tq1.value(9, 1),
            orc.value(7, 6),
            obr == null ? "" : obr.value(27, 6),
            obr == null ? "" : obr.value(5, 1)
        }) {
            if (!code.isEmpty()) {
                return code.equals("S") || code.equals("STAT") ? Priority.STAT : Priority.ROUTINE;
            }
        }
        return Priority.ROUTINE;
    }

    /** OBR-31, each reason's text or else its code; where there is none, OBR-13. */
    private static Phi<String> indication(Segment obr) {
        String reasons = IntStream.range(0, obr.repetitions(31, MOST_REASONS))
                .mapToObj(i -> obr.repetition(31, i))
                .map(each -> obr.value(each, 2, 1).isEmpty() ? obr.value(each, 1, 1) : obr.value(each, 2, 1))
                .filter(each -> !each.isEmpty())
                .collect(Collectors.joining("; "));
        String text = reasons.isEmpty() ? obr.value(13, 1) : reasons;
        return text.isEmpty() ? null : Phi.of(Fields.cut(text, LONGEST_INDICATION));
    }

    /** ORC-5 (HL7 table 0038). */
    private static Order.Status status(String code) {
        return switch (code) {
            case "CA", "DC", "RP" -> Order.Status.CANCELLED;
            case "CM" -> Order.Status.COMPLETED;
            case "IP", "A" -> Order.Status.IN_PROGRESS;
            case "", "SC", "HD" -> Order.Status.SCHEDULED;
            default -> Order.Status.UNKNOWN;
        };
    }

    private static Segment find(List<Segment> group, String name) {
        return group.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElse(null);
    }
}
