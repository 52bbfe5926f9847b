package io.prelim.report.render.hl7;

import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.Type;
import ca.uhn.hl7v2.model.v251.datatype.CWE;
import ca.uhn.hl7v2.model.v251.datatype.ED;
import ca.uhn.hl7v2.model.v251.datatype.FT;
import ca.uhn.hl7v2.model.v251.datatype.NM;
import ca.uhn.hl7v2.model.v251.datatype.ST;
import ca.uhn.hl7v2.model.v251.group.ORU_R01_ORDER_OBSERVATION;
import ca.uhn.hl7v2.model.v251.message.ORU_R01;
import ca.uhn.hl7v2.model.v251.segment.OBX;
import io.prelim.dicom.core.Uid;
import io.prelim.events.Code;
import io.prelim.events.Finding;
import io.prelim.events.ModelReference;
import io.prelim.report.draft.Evidence;
import io.prelim.report.draft.PlainText;
import io.prelim.report.render.Concepts;
import io.prelim.report.template.Section;
import java.math.BigDecimal;
import java.util.Base64;

/** The OBX segments of a report, numbered as they are added. */
final class Observations {
    /** What is said of the order, and is no result (table 0085). */
    private static final String ORDER_DETAIL = "O";

    private final ORU_R01 message;
    private final ORU_R01_ORDER_OBSERVATION order;
    private final String status;
    private final String at;
    private final String reader;
    private int count;

    /**
     * @param status OBX-11 of all but what is no result
     * @param at     OBX-14
     * @param reader OBX-16 of all but what is no result, and words of others; null for nobody
     */
    Observations(ORU_R01 message, ORU_R01_ORDER_OBSERVATION order, String status, String at, String reader) {
        this.message = message;
        this.order = order;
        this.status = status;
        this.at = at;
        this.reader = reader;
    }

    void study(String studyInstanceUid) throws HL7Exception {
        ST uid = new ST(message);
        uid.setValue(studyInstanceUid);
        add(new Code("DCM", "113014", "DICOM Study"), "", uid, ORDER_DETAIL, null);
    }

    /**
     * @param number of the sentence in its section, from 1
     * @param author whose words it is in; null where they are no reader's
     */
    void sentence(Section section, int number, String text, String author) throws HL7Exception {
        FT formatted = new FT(message);
        formatted.setValue(text.replace("\n", "\\.br\\"));
        add(sectionCode(section), Integer.toString(number), formatted, status, author == null ? reader : author);
    }

    /**
     * The finding with its presence, then what it is known as, its side, site, probability or measures; one sub-id for all of them.
     *
     * @param number of the finding, from 1
     */
    void finding(Evidence.OfFinding finding, int number) throws HL7Exception {
        String subId = "F" + number;
        Code code = finding.code() == null ? new Code("L", finding.name(), finding.name()) : finding.code();
        method(add(code, subId, coded(Concepts.presence(finding.presence()))), finding.model());
        ST uid = new ST(message);
        uid.setValue(Uid.of(finding.findingId()));
        add(Concepts.TRACKING_UNIQUE_IDENTIFIER, subId, uid);
        if (finding.site() != null) {
            add(Concepts.FINDING_SITE, subId, coded(finding.site()));
        }
        Code side = Concepts.side(finding.laterality());
        if (side != null) {
            add(Concepts.LATERALITY, subId, coded(side));
        }
        if (finding.measurements().isEmpty()) {
            number(
                    Concepts.CERTAINTY_OF_FINDING,
                    subId,
                    Concepts.percent(finding.probability()),
                    Concepts.PERCENT,
                    finding.model());
        }
        for (Finding.Measurement measured : finding.measurements()) {
            number(
                    measured.code(),
                    subId,
                    Concepts.number(measured.value()),
                    Concepts.unit(measured.unit(), measured.unit()),
                    finding.model());
        }
    }

    void pdf(byte[] file) throws HL7Exception {
        ED data = new ED(message);
        data.getEd2_TypeOfData().setValue("AP");
        data.getEd3_DataSubtype().setValue("PDF");
        data.getEd4_Encoding().setValue("Base64");
        data.getEd5_Data().setValue(Base64.getEncoder().encodeToString(file));
        add(Concepts.DIAGNOSTIC_IMAGING, "", data);
    }

    private void number(Code name, String subId, BigDecimal value, Code unit, ModelReference model)
            throws HL7Exception {
        NM number = new NM(message);
        number.setValue(value.toPlainString());
        OBX obx = add(name, subId, number);
        Fields.code(obx, 6, unit);
        method(obx, model);
    }

    private CWE coded(Code code) throws HL7Exception {
        CWE coded = new CWE(message);
        String[] components = Fields.components(code);
        coded.getCwe1_Identifier().setValue(components[0]);
        coded.getCwe2_Text().setValue(components[1]);
        coded.getCwe3_NameOfCodingSystem().setValue(components[2]);
        return coded;
    }

    /** OBX-17: the model, and by its digest which bytes of it. */
    private static void method(OBX obx, ModelReference model) throws HL7Exception {
        String id = model.id() == null ? model.deployment() : model.id();
        Fields.set(
                obx,
                17,
                PlainText.of(id),
                PlainText.of(id + " " + PlainText.of(model.version()))
                        + (model.researchOnly() ? " (research only)" : ""),
                "99PRELIM",
                PlainText.of(model.modelDigest()),
                "model file",
                "99PRELIM");
    }

    private OBX add(Code name, String subId, Type value) throws HL7Exception {
        return add(name, subId, value, status, reader);
    }

    private OBX add(Code name, String subId, Type value, String status, String reader) throws HL7Exception {
        OBX obx = order.getOBSERVATION(count++).getOBX();
        Fields.set(obx, 1, Integer.toString(count));
        Fields.set(obx, 2, value.getName());
        Fields.code(obx, 3, name);
        Fields.set(obx, 4, subId);
        obx.getObservationValue(0).setData(value);
        Fields.set(obx, 11, status);
        Fields.set(obx, 14, at);
        Fields.set(obx, 16, reader);
        return obx;
    }

    /** LOINC's names of a report's sections (as DICOM PS3.20 and HL7's imaging report have them). */
    static Code sectionCode(Section section) {
        return switch (section) {
            case EXAMINATION -> new Code("LN", "55115-0", "Requested imaging studies information");
            case INDICATION -> new Code("LN", "18785-6", "Radiology Reason for study");
            case TECHNIQUE -> new Code("LN", "55111-9", "Current imaging procedure descriptions");
            case COMPARISON -> new Code("LN", "18834-2", "Radiology Comparison study");
            case FINDINGS -> new Code("LN", "18782-3", "Radiology Study observation");
            case IMPRESSION -> new Code("LN", "19005-8", "Radiology Imaging study [Impression]");
        };
    }
}
