package io.prelim.ingest.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.prelim.events.Phi;
import io.prelim.events.ReportSigned;
import io.prelim.ingest.fixture.Engine;
import io.prelim.ingest.hl7.Refusal.Refused;
import io.prelim.ingest.orders.SignedReport;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportReaderTest {
    private static final Instant SENT = Instant.parse("2026-01-02T10:15:00Z");
    private static final UUID ID = new UUID(1, 2);
    private static final String PID = "PID|1||P-1^^^H||Doe^Jane||19700102|F";
    private static final String OBR = "OBR|1|PL|FI|CXR||||||||||||||ACC-1||||20260102101000+0000|||F";

    @Test
    void aReportNamesItsStudyItsPatientAndWhenItWasSigned() throws Exception {
        SignedReport report = read(
                        "ORU^R01",
                        PID,
                        OBR,
                        "OBX|1|ST|113014^DICOM Study^DCM||1.2.3.4||||||O",
                        "OBX|2|TX|^Text||No pneumonia.||||||F")
                .orElseThrow();

        assertThat(report.reportId()).isEqualTo(ID);
        assertThat(report.messageType()).isEqualTo("ORU^R01");
        assertThat(report.accessions()).containsExactly(Phi.of("ACC-1"));
        assertThat(report.studies()).containsExactly("1.2.3.4");
        assertThat(report.patient().issuer()).isEqualTo("H");
        assertThat(report.patient().id()).isEqualTo(Phi.of("P-1"));
        assertThat(report.patient().birthDate()).isEqualTo(Phi.of("19700102"));
        assertThat(report.status()).isEqualTo(ReportSigned.Status.FINAL);
        assertThat(report.signedAt()).isEqualTo(Instant.parse("2026-01-02T10:10:00Z"));
        assertThat(report.text()).isEqualTo(Phi.of("No pneumonia."));
    }

    @Test
    void aReportOfSeveralOrdersNamesThoseThatAreSigned() throws Exception {
        SignedReport report = read(
                        "ORU^R01",
                        PID,
                        OBR.replace("ACC-1", "ACC-0").replace("|F", "|P"),
                        "OBX|1|ST|113014^DICOM Study^DCM||1.2.3.1||||||O",
                        "OBX|2|TX|^Text||Not signed yet.||||||P",
                        OBR,
                        "OBX|1|ST|113014^DICOM Study^DCM||1.2.3.4||||||O",
                        "OBX|2|TX|^Text||No pneumonia.||||||F",
                        OBR.replace("ACC-1", "ACC-2"),
                        "OBX|1|ST|113014^DICOM Study^DCM||1.2.3.5||||||O",
                        "OBX|2|TX|^Text||No fracture.||||||F",
                        OBR)
                .orElseThrow();

        assertThat(report.accessions()).containsExactly(Phi.of("ACC-1"), Phi.of("ACC-2"));
        assertThat(report.studies()).containsExactly("1.2.3.4", "1.2.3.5");
        assertThat(report.text()).isEqualTo(Phi.of("No pneumonia.\nNo fracture."));
    }

    @Test
    void ordersWithoutEndAreRefused() {
        String[] segments = Stream.concat(
                        Stream.of(PID),
                        IntStream.rangeClosed(0, ReportReader.MOST_NAMED)
                                .mapToObj(i -> OBR.replace("ACC-1", "ACC-" + i)))
                .toArray(String[]::new);

        Refused refused = catchThrowableOfType(Refused.class, () -> read("ORU^R01", segments));
        assertThat(refused.refusal().code()).isEqualTo(Refusal.Code.AE);
        assertThat(refused.refusal().place()).startsWith("OBR");
    }

    @Test
    void linesAreRepetitionsSegmentsAndBreaks() throws Exception {
        SignedReport report = read(
                        "ORU^R01",
                        PID,
                        OBR,
                        "OBX|1|TX|^Text||FINDINGS~Lungs clear\\.br\\Heart 3^4 cm, \\T\\ normal||||||F",
                        "OBX|2|FT|^Text||\\.sp+2\\IMPRESSION\\.BR\\Normal||||||F",
                        "OBX|3|ST|^Text||withdrawn||||||D",
                        "OBX|4|ED|^Pages||^application^pdf^Base64^JVBERi0=||||||F")
                .orElseThrow();

        assertThat(report.text().reveal())
                .isEqualTo("FINDINGS\nLungs clear\nHeart 3^4 cm, & normal\n\nIMPRESSION\nNormal");
    }

    @Test
    void aReportOfPagesAloneHasNoText() throws Exception {
        assertThat(read("ORU^R01", PID, OBR, "OBX|1|ED|^Pages||^application^pdf^Base64^JVBERi0=||||||F")
                        .orElseThrow()
                        .text())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({"F, FINAL", "C, CORRECTED", "P, ", "R, ", "X, ", "'', "})
    void obr25SaysWhetherItIsSigned(String code, ReportSigned.Status status) throws Exception {
        assertThat(read("ORU^R01", PID, "OBR|1|||CXR||||||||||||||ACC-1|||||||" + code)
                        .map(SignedReport::status))
                .isEqualTo(Optional.ofNullable(status));
    }

    @ParameterizedTest
    @CsvSource({
        "T02, AU, FINAL",
        "T02, LA, FINAL",
        "T02, DI, ",
        "T04, LA, FINAL",
        "T06, LA, ADDENDUM",
        "T08, LA, CORRECTED",
        "T10, AU, CORRECTED"
    })
    void aDocumentSaysSoInItsEventAndTxa17(String event, String code, ReportSigned.Status status) throws Exception {
        Optional<SignedReport> report = read(
                "MDM^" + event,
                PID,
                "TXA|1|DI|TX|||||||||||PL^X|ACC-1||" + code + "|||||" + "^^^^^^^^^^^^^^20260102101100+0000",
                "OBX|1|TX|^Text||Signed.");

        assertThat(report.map(SignedReport::status)).isEqualTo(Optional.ofNullable(status));
        report.ifPresent(signed -> assertThat(signed.signedAt()).isEqualTo(Instant.parse("2026-01-02T10:11:00Z")));
    }

    @Test
    void whatDoesNotSayWhenItWasSignedWasSignedWhenItWasSent() throws Exception {
        assertThat(read("ORU^R01", PID, "OBR|1|||CXR||||||||||||||ACC-1|||||||F")
                        .orElseThrow()
                        .signedAt())
                .isEqualTo(SENT);
    }

    @Test
    void aTextWithoutEndIsRefused() {
        String lines = IntStream.range(0, ReportReader.MOST_LINES + 1)
                .mapToObj(i -> "a")
                .collect(Collectors.joining("~"));

        for (String text : new String[] {lines, "a".repeat(ReportSigned.LONGEST_TEXT + 1)}) {
            Refused refused = catchThrowableOfType(
                    Refused.class, () -> read("ORU^R01", PID, OBR, "OBX|1|TX|^Text||" + text + "||||||F"));
            assertThat(refused.refusal().code()).isEqualTo(Refusal.Code.AE);
            assertThat(refused.refusal().place()).isEqualTo("OBX-5");
        }
    }

    @Test
    void aSignedReportOfNobodyIsRefused() {
        Refused refused = catchThrowableOfType(Refused.class, () -> read("ORU^R01", "PID|1", OBR));

        assertThat(refused.refusal().place()).isEqualTo("PID-3");
    }

    private static Optional<SignedReport> read(String type, String... segments) throws Refused {
        byte[] bytes = Engine.message(type, "1", segments).getBytes(StandardCharsets.UTF_8);
        Hl7Message message = Hl7Message.parse(bytes, "UNICODE UTF-8");
        return new ReportReader(TestPeer.with(), message).read(ID, SENT, bytes);
    }
}
