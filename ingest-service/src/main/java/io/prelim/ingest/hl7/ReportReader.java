package io.prelim.ingest.hl7;

import io.prelim.dicom.core.Uid;
import io.prelim.events.Phi;
import io.prelim.events.ReportSigned;
import io.prelim.ingest.hl7.Refusal.Refused;
import io.prelim.ingest.orders.SignedReport;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Signed reports of ORU^R01 and MDM. Pure. */
final class ReportReader {
    /** Lines of a report's text; more are refused. */
    static final int MOST_LINES = 10_000;

    /** Orders and studies that a report may be of; more are refused. */
    static final int MOST_NAMED = 50;

    /** OBR-25 (HL7 table 0123): final, corrected, by a person. */
    private static final Set<String> SIGNED = Set.of("F", "C");

    /** TXA-17 (HL7 table 0271): authenticated, legally authenticated. */
    private static final Set<String> AUTHENTICATED = Set.of("AU", "LA");

    /** Trigger events of documents that stand for one before: edited, replaced. */
    private static final Set<String> REPLACED = Set.of("T08", "T10");

    private static final String ADDED_TO = "T06";

    /** OBX-3 of a study's UID, as IHE and DICOM have it. */
    private static final Set<String> STUDY = Set.of("113014", "110180");

    /** OBX-2 (HL7 table 0125) of words. */
    private static final Set<String> WORDS = Set.of("TX", "FT", "ST");

    /** OBX-11 (HL7 table 0085): deleted, wrong. */
    private static final Set<String> NOT_SO = Set.of("D", "W");

    private final Hl7Peer peer;
    private final Hl7Message message;
    private final boolean document;

    ReportReader(Hl7Peer peer, Hl7Message message) {
        this.peer = peer;
        this.message = message;
        this.document = message.header().value(9, 1).equals("MDM");
    }

    /**
     * Empty when the report is not signed.
     *
     * @param at    when it was sent
     * @param bytes the message
     * @throws Refused when it is none
     */
    Optional<SignedReport> read(UUID reportId, Instant at, byte[] bytes) throws Refused {
        Segment pid = message.required("PID");
        Segment state = message.required(document ? "TXA" : "OBR");
        if (!signed(state)) {
            return Optional.empty();
        }
        return Optional.of(new SignedReport(
                reportId,
                peer.name(),
                message.type(),
                peer.accessionIssuer(),
                accessions(),
                studies(),
                Fields.patient(pid, 3, 5, peer.patientIssuer(), peer),
                status(),
                signedAt(state).orElse(at),
                text(),
                bytes));
    }

    private boolean signed(Segment state) {
        return document ? AUTHENTICATED.contains(state.value(17, 1)) : said(SIGNED);
    }

    private boolean said(Set<String> statuses) {
        return message.segments().stream()
                .anyMatch(each -> each.name().equals("OBR") && statuses.contains(each.value(25, 1)));
    }

    private ReportSigned.Status status() {
        String event = message.header().value(9, 2);
        if (document && event.equals(ADDED_TO)) {
            return ReportSigned.Status.ADDENDUM;
        }
        boolean corrected = document ? REPLACED.contains(event) : said(Set.of("C"));
        return corrected ? ReportSigned.Status.CORRECTED : ReportSigned.Status.FINAL;
    }

    /** TXA-22 names who and when; OBR-22 when. */
    private Optional<Instant> signedAt(Segment state) {
        return Fields.time(document ? state.value(22, 15) : state.value(22, 1), ZoneId.systemDefault());
    }

    /** Of every order that is signed. */
    private List<Phi<String>> accessions() throws Refused {
        Set<Phi<String>> accessions = new LinkedHashSet<>();
        for (Segment segment : signedSegments()) {
            Phi<String> accession =
                    switch (segment.name()) {
                        case "OBR" -> accession(segment);
                        case "TXA" -> message.first("OBR").isEmpty() ? accessionOfDocument(segment) : null;
                        default -> null;
                    };
            if (accession != null) {
                accessions.add(accession);
            }
        }
        return bounded("OBR", accessions);
    }

    private Phi<String> accession(Segment obr) throws Refused {
        int field =
                switch (peer.accessionField()) {
                    case OBR_18 -> 18;
                    case OBR_3 -> 3;
                    case OBR_2 -> 2;
                };
        return Fields.identifier(obr, field, obr.value(field, 1));
    }

    /** TXA has order numbers, and no accession number. */
    private Phi<String> accessionOfDocument(Segment txa) throws Refused {
        return switch (peer.accessionField()) {
            case OBR_18 -> null;
            case OBR_3 -> Fields.identifier(txa, 15, txa.value(15, 1));
            case OBR_2 -> Fields.identifier(txa, 14, txa.value(14, 1));
        };
    }

    private List<String> studies() throws Refused {
        return bounded(
                "OBX",
                signedSegments().stream()
                        .filter(ReportReader::namesStudy)
                        .map(each -> each.value(5, 1))
                        .filter(Uid::isValid)
                        .collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    private static <T> List<T> bounded(String segment, Set<T> named) throws Refused {
        if (named.size() > MOST_NAMED) {
            throw new Refused(Refusal.error(
                    segment, 1, 1, Refusal.DATA_TYPE, "more than " + MOST_NAMED + " orders or studies of one report"));
        }
        return List.copyOf(named);
    }

    /** All but the results of orders that are not signed yet. */
    private List<Segment> signedSegments() {
        List<Segment> segments = new ArrayList<>();
        boolean signed = true;
        for (Segment segment : message.segments()) {
            if (segment.name().equals("OBR")) {
                signed = document || SIGNED.contains(segment.value(25, 1));
            }
            if (signed) {
                segments.add(segment);
            }
        }
        return segments;
    }

    private static boolean namesStudy(Segment segment) {
        return segment.name().equals("OBX") && STUDY.contains(segment.value(3, 1));
    }

    /** Null where it holds no words. */
    private Phi<String> text() throws Refused {
        List<String> lines = new ArrayList<>();
        int length = 0;
        for (Segment segment : signedSegments()) {
            if (!segment.name().equals("OBX")
                    || namesStudy(segment)
                    || !WORDS.contains(segment.value(2, 1))
                    || NOT_SO.contains(segment.value(11, 1))) {
                continue;
            }
            for (String line : segment.lines(5, MOST_LINES + 1)) {
                lines.add(line);
                length += line.length() + 1;
            }
            if (lines.size() > MOST_LINES || length > ReportSigned.LONGEST_TEXT) {
                throw new Refused(Refusal.error(
                        "OBX",
                        segment.sequence(),
                        5,
                        Refusal.DATA_TYPE,
                        "more than " + MOST_LINES + " lines or " + ReportSigned.LONGEST_TEXT + " characters of text"));
            }
        }
        String text = String.join("\n", lines).strip();
        return text.isEmpty() ? null : Phi.of(text);
    }
}
