package io.prelim.report.render.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.v251.group.ORU_R01_ORDER_OBSERVATION;
import ca.uhn.hl7v2.model.v251.message.ORU_R01;
import ca.uhn.hl7v2.model.v251.segment.OBX;
import ca.uhn.hl7v2.model.v251.segment.PID;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import io.prelim.events.ReportChanged;
import io.prelim.report.Studies;
import io.prelim.report.render.ReportView;
import io.prelim.report.render.Reports;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A report as ORU^R01, read back by HAPI with its validation on. */
public class OruReportTest {
    private static final DefaultHapiContext CONTEXT =
            new DefaultHapiContext(ValidationContextFactory.defaultValidation());

    public static ORU_R01 read(ReportView view) throws HL7Exception {
        String message = new String(OruReport.er7(view), StandardCharsets.UTF_8);
        return (ORU_R01) CONTEXT.getPipeParser().parse(message);
    }

    public static List<OBX> observations(ORU_R01 message) throws HL7Exception {
        return observations(order(message));
    }

    private static List<OBX> observations(ORU_R01_ORDER_OBSERVATION order) throws HL7Exception {
        List<OBX> observations = new ArrayList<>();
        for (int i = 0; i < order.getOBSERVATIONReps(); i++) {
            observations.add(order.getOBSERVATION(i).getOBX());
        }
        return observations;
    }

    @ParameterizedTest
    @CsvSource({
        "DRAFT, R, R",
        "REVIEWED, P, P",
        "SIGNED, F, F",
        "ADDENDED, F, F",
        "CORRECTED, C, C",
        "RETRACTED, X, D",
    })
    void statusIsTheTablesAndNoOrderIsComplete(ReportChanged.Status status, String obr25, String obx11)
            throws HL7Exception {
        ORU_R01 message = read(Reports.settled(status, Locale.ENGLISH));

        assertThat(order(message).getOBR().getObr25_ResultStatus().getValue()).isEqualTo(obr25);
        assertThat(order(message).getORC().getOrc5_OrderStatus().getValue()).isEqualTo("A");
        assertThat(order(message).getOBR().getObr32_PrincipalResultInterpreter().isEmpty())
                .isEqualTo(status == ReportChanged.Status.DRAFT);
        for (OBX obx : observations(message)) {
            boolean study = obx.getObx3_ObservationIdentifier()
                    .getCe1_Identifier()
                    .getValue()
                    .equals("113014");
            assertThat(obx.getObx11_ObservationResultStatus().getValue()).isEqualTo(study ? "O" : obx11);
            assertThat(obx.getObx16_ResponsibleObserver(0).getIDNumber().getValue())
                    .isEqualTo(
                            study || status == ReportChanged.Status.DRAFT
                                    ? null
                                    : obx.encode().contains("Addendum: ") ? Reports.SECOND : Reports.READER);
        }
    }

    @Test
    void aDraftThatGrowsIsInProcessAndHasNoPatient() throws HL7Exception {
        ORU_R01 message = read(Reports.samples().get("growing"));

        assertThat(order(message).getORC().getOrc5_OrderStatus().getValue()).isEqualTo("IP");
        assertThat(message.encode()).doesNotContain("PID|");
        assertThat(message.getMSH().getMessageControlID().getValue())
                .hasSize(20)
                .isNotEqualTo(read(Reports.samples().get("settled"))
                        .getMSH()
                        .getMessageControlID()
                        .getValue());
        assertThat(order(message).getNTE().getComment(0).getValue()).isEqualTo("DRAFT - not reviewed");
    }

    @Test
    void theOrdersNumbersGoBack() throws HL7Exception {
        ORU_R01 message = read(Reports.samples().get("ordered"));

        assertThat(order(message).getOBR().encode())
                .startsWith("OBR|1|PLACER-1|FILLER-1|CXR2^Thorax in 2 Ebenen^99LOCAL");
        assertThat(order(message).getOBR().getObr18_PlacerField1().getValue()).isEqualTo(Studies.ACCESSION);
        PID pid = message.getPATIENT_RESULT().getPATIENT().getPID();
        assertThat(pid.getPid5_PatientName(0).encode()).isEqualTo("Müller^Łukasz Jürgen^Ω^Jr.^Dr.");
        assertThat(pid.getPid3_PatientIdentifierList(0).encode()).isEqualTo(Studies.ID + "^^^default");
        assertThat(order(message).getTIMING_QTY().getTQ1().getTq19_Priority(0).encode())
                .isEqualTo("R");
    }

    @Test
    void eachOrderHasTheWholeReport() throws HL7Exception {
        ReportView view = Reports.samples().get("ordered");
        ORU_R01 message = read(view);

        assertThat(message.getPATIENT_RESULT().getORDER_OBSERVATIONReps()).isEqualTo(2);
        assertThat(order(message, 1).getORC().encode()).startsWith("ORC|SC|PLACER-2|" + view.reportKey() + "^PRELIM");
        assertThat(order(message, 1).getOBR().encode())
                .startsWith("OBR|2|PLACER-2|" + view.reportKey() + "^PRELIM|RIB^Rippen links^99LOCAL");
        assertThat(encoded(order(message, 1))).hasSizeGreaterThan(5).isEqualTo(encoded(order(message)));
    }

    @Test
    void nothingFromOutsideIsADelimiter() throws HL7Exception {
        ReportView view = Reports.samples().get("hostile");
        String written = new String(OruReport.er7(view), StandardCharsets.UTF_8);
        ORU_R01 message = read(view);

        assertThat(written).doesNotContain("\n").endsWith("\r");
        assertThat(written.split("\r")).allMatch(segment -> segment.matches("(MSH|PID|ORC|OBR|NTE|TQ1|OBX)\\|.*"));
        assertThat(written.split("\r"))
                .filteredOn(segment -> segment.startsWith("PID"))
                .hasSize(1);
        PID pid = message.getPATIENT_RESULT().getPATIENT().getPID();
        assertThat(pid.getPid5_PatientName(0).getFamilyName().getSurname().getValue())
                .isEqualTo("<script>alert(1)</script>|PID");
        assertThat(pid.getPid3_PatientIdentifierList(0).getIDNumber().getValue())
                .isEqualTo(view.patient().id().reveal());
        assertThat(pid.getPid7_DateTimeOfBirth().isEmpty()).isTrue();
        assertThat(message.getPATIENT_RESULTReps()).isEqualTo(1);
    }

    @Test
    void madeImagesAreNoProduction() throws HL7Exception {
        assertThat(read(Reports.samples().get("synthetic"))
                        .getMSH()
                        .getProcessingID()
                        .encode())
                .isEqualTo("T");
        assertThat(read(Reports.samples().get("settled"))
                        .getMSH()
                        .getProcessingID()
                        .encode())
                .isEqualTo("P");
    }

    @Test
    void thePdfIsInIt() throws HL7Exception {
        List<OBX> observations = observations(read(Reports.samples().get("german")));
        OBX last = observations.get(observations.size() - 1);

        assertThat(last.getObx2_ValueType().getValue()).isEqualTo("ED");
        assertThat(last.getObservationValue(0).encode()).startsWith("^AP^PDF^Base64^");
        byte[] file =
                Base64.getDecoder().decode(last.getObservationValue(0).encode().split("\\^")[4]);
        assertThat(new String(file, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
    }

    private static List<String> encoded(ORU_R01_ORDER_OBSERVATION order) throws HL7Exception {
        List<String> encoded = new ArrayList<>();
        for (OBX each : observations(order)) {
            encoded.add(each.encode());
        }
        return encoded;
    }

    private static ORU_R01_ORDER_OBSERVATION order(ORU_R01 message) {
        return order(message, 0);
    }

    private static ORU_R01_ORDER_OBSERVATION order(ORU_R01 message, int number) {
        return message.getPATIENT_RESULT().getORDER_OBSERVATION(number);
    }
}
