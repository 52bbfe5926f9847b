package io.prelim.report.render.hl7;

import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.Segment;
import ca.uhn.hl7v2.model.v251.group.ORU_R01_ORDER_OBSERVATION;
import ca.uhn.hl7v2.model.v251.message.ORU_R01;
import ca.uhn.hl7v2.model.v251.segment.MSH;
import ca.uhn.hl7v2.model.v251.segment.NTE;
import ca.uhn.hl7v2.model.v251.segment.OBR;
import ca.uhn.hl7v2.model.v251.segment.ORC;
import ca.uhn.hl7v2.model.v251.segment.PID;
import ca.uhn.hl7v2.parser.PipeParser;
import io.prelim.events.Code;
import io.prelim.events.Ids;
import io.prelim.events.Phi;
import io.prelim.events.Priority;
import io.prelim.report.draft.Evidence;
import io.prelim.report.render.Attestation;
import io.prelim.report.render.Concepts;
import io.prelim.report.render.ReportView;
import io.prelim.report.render.StandardStatus;
import io.prelim.report.render.page.PdfReport;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * A version of a report as an unsolicited result, HL7 v2.5.1 ORU^R01 in vertical bar encoding and UTF-8. The same version gives the same
 * message, by its control id too. A study made for several orders has a result of each. Without a patient who is known it has no PID.
 * Identified.
 */
public final class OruReport {
    public static final String MEDIA_TYPE = "application/hl7-v2";

    /** MSH-10 takes 20 characters: so many bits of an id in base 32. */
    private static final int CONTROL_ID = 20;

    private static final int BASE_32 = 5;
    private static final int UUID_BITS = 128;

    private final ReportView report;
    private final StandardStatus status;
    private final String at;
    private final Route route;
    private final ORU_R01 message = new ORU_R01();

    private OruReport(ReportView report, Route route) {
        this.report = report;
        this.route = route;
        this.status = StandardStatus.of(report.status());
        this.at = Fields.time(report.createdAt());
    }

    /**
     * Segments end with a carriage return, the last too.
     *
     * @throws IllegalArgumentException for a status this version does not know
     */
    public static byte[] er7(ReportView report) {
        return er7(report, Route.NONE);
    }

    /** The same, addressed. */
    public static byte[] er7(ReportView report, Route route) {
        try {
            return new OruReport(report, route).write().getBytes(StandardCharsets.UTF_8);
        } catch (HL7Exception e) {
            throw new IllegalStateException("a report that does not fit ORU^R01", e);
        }
    }

    private String write() throws HL7Exception {
        header();
        if (report.patient() != null) {
            patient(message.getPATIENT_RESULT().getPATIENT().getPID(), report.patient());
        }
        byte[] pdf = PdfReport.of(report.alone());
        List<ReportView.Order> orders =
                report.orders() == null || report.orders().isEmpty()
                        ? List.of(new ReportView.Order(null, null, null))
                        : report.orders();
        for (int i = 0; i < orders.size(); i++) {
            result(message.getPATIENT_RESULT().getORDER_OBSERVATION(i), i + 1, orders.get(i), pdf);
        }
        return new PipeParser().encode(message);
    }

    /** The whole report as the result of one order: a receiver that files by order has all of it with each. */
    private void result(ORU_R01_ORDER_OBSERVATION group, int number, ReportView.Order order, byte[] pdf)
            throws HL7Exception {
        common(group.getORC(), order);
        request(group.getOBR(), number, order);
        notes(group);
        Fields.set(group.getTIMING_QTY().getTQ1(), 1, "1");
        Fields.set(group.getTIMING_QTY().getTQ1(), 9, report.priority() == Priority.STAT ? "S" : "R");
        Attestation reader = Attestation.principal(report.readers());
        Observations observations =
                new Observations(message, group, status.obx11(), at, reader == null ? null : reader.by());
        observations.study(report.studyInstanceUid());
        for (ReportView.SectionView section : report.sections()) {
            int sentences = 0;
            for (ReportView.SentenceView sentence : section.sentences()) {
                observations.sentence(
                        section.section(),
                        ++sentences,
                        sentence.text().reveal(),
                        sentence.author().orElse(null));
            }
        }
        int findings = 0;
        for (Evidence.OfFinding finding : report.findings()) {
            observations.finding(finding, ++findings);
        }
        observations.pdf(pdf);
    }

    private void header() throws HL7Exception {
        MSH msh = message.getMSH();
        Fields.set(msh, 1, "|");
        Fields.set(msh, 2, "^~\\&");
        Fields.set(msh, 3, "PRELIM");
        named(msh, 4, route.sendingFacility());
        named(msh, 5, route.receivingApplication());
        named(msh, 6, route.receivingFacility());
        Fields.set(msh, 7, at);
        Fields.set(msh, 9, "ORU", "R01", "ORU_R01");
        Fields.set(msh, 10, controlId(report.reportKey(), report.version()));
        // made images are for training: a receiver in production refuses them
        Fields.set(msh, 11, report.synthetic() ? "T" : "P");
        Fields.set(msh, 12, "2.5.1");
        Fields.set(msh, 18, "UNICODE UTF-8");
        Fields.set(msh, 19, report.language());
    }

    private static void named(MSH msh, int field, String name) throws HL7Exception {
        if (name != null) {
            Fields.set(msh, field, name.split("\\^", -1));
        }
    }

    /** MSH-10 of a version: the same whenever, and to whomever, it is sent. */
    public static String controlId(UUID reportKey, int version) {
        UUID id = Ids.v5("oru", reportKey.toString(), Integer.toString(version));
        BigInteger bits =
                new BigInteger(id.toString().replace("-", ""), 16).shiftRight(UUID_BITS - CONTROL_ID * BASE_32);
        String digits = bits.toString(1 << BASE_32).toUpperCase(Locale.ROOT);
        return "0".repeat(CONTROL_ID - digits.length()) + digits;
    }

    private static void patient(PID pid, ReportView.Patient patient) throws HL7Exception {
        Fields.set(pid, 1, "1");
        Fields.set(pid, 3, revealed(patient.id()), "", "", patient.issuer());
        String name = revealed(patient.name());
        if (name != null) {
            // (0010,0010) has prefix and suffix the other way round
            String[] parts = Arrays.copyOf(name.split("=", 2)[0].split("\\^", -1), 5);
            Fields.set(pid, 5, parts[0], parts[1], parts[2], parts[4], parts[3]);
        }
        Fields.set(pid, 7, Fields.day(revealed(patient.birthDate())));
        Fields.set(pid, 8, patient.sex() != null && patient.sex().matches("[MFO]") ? patient.sex() : null);
    }

    private void common(ORC orc, ReportView.Order ordered) throws HL7Exception {
        Fields.set(orc, 1, "SC");
        numbers(orc, ordered);
        // never CM: whether an order is complete is for who signs
        Fields.set(orc, 5, report.settled() ? "A" : "IP");
        Fields.set(orc, 9, at);
    }

    private void request(OBR obr, int number, ReportView.Order ordered) throws HL7Exception {
        Fields.set(obr, 1, Integer.toString(number));
        numbers(obr, ordered);
        Fields.code(obr, 4, procedure(ordered));
        ReportView.Patient patient = report.patient();
        if (patient != null) {
            Fields.set(obr, 7, Fields.day(patient.studyDate()));
            Fields.set(obr, 18, revealed(patient.accessionNumber()));
        }
        Fields.set(obr, 22, at);
        Fields.set(obr, 24, "RAD");
        Fields.set(obr, 25, status.obr25());
        Attestation reader = Attestation.principal(report.readers());
        if (reader != null) {
            Fields.set(obr, 32, reader.by(), null, Fields.time(reader.at()));
        }
    }

    private Code procedure(ReportView.Order ordered) {
        if (ordered.procedure() != null) {
            return ordered.procedure();
        }
        return report.procedure() == null ? Concepts.DIAGNOSTIC_IMAGING : report.procedure();
    }

    /** Fields 2 and 3 of ORC and OBR; without a filler's number the report's own stands there, as a result must have one. */
    private void numbers(Segment segment, ReportView.Order ordered) throws HL7Exception {
        Fields.set(segment, 2, revealed(ordered.placerNumber()));
        if (ordered.fillerNumber() == null) {
            Fields.set(segment, 3, report.reportKey().toString(), "PRELIM");
        } else {
            Fields.set(segment, 3, revealed(ordered.fillerNumber()));
        }
    }

    /** For who looks at no status. */
    private void notes(ORU_R01_ORDER_OBSERVATION order) throws HL7Exception {
        List<String> notes = report.synthetic()
                ? List.of(report.statusText(), "synthetic images, no patient")
                : List.of(report.statusText());
        for (int i = 0; i < notes.size(); i++) {
            NTE note = order.getNTE(i);
            Fields.set(note, 1, Integer.toString(i + 1));
            Fields.set(note, 2, "L");
            Fields.set(note, 3, notes.get(i));
        }
    }

    private static String revealed(Phi<String> value) {
        return value == null ? null : value.reveal();
    }

    /**
     * From where to where a message goes; each null, or an HD whose components are parted by {@code ^}.
     *
     * @param sendingFacility      MSH-4
     * @param receivingApplication MSH-5
     * @param receivingFacility    MSH-6
     */
    public record Route(String sendingFacility, String receivingApplication, String receivingFacility) {
        /** Not said. */
        public static final Route NONE = new Route(null, null, null);
    }
}
