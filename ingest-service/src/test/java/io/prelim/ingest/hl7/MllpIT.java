package io.prelim.ingest.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ca.uhn.hl7v2.model.v251.message.ACK;
import ca.uhn.hl7v2.parser.PipeParser;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.fixture.Engine;
import io.prelim.ingest.fixture.Rows;
import io.prelim.testkit.badinput.BadInput;
import io.prelim.testkit.badinput.Entrance;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an integration engine gets: an exact answer to each message, and an end to each connection. */
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(60)
class MllpIT {
    private static final String[] ORDER = {"PID|1||P-1||Doe^Jane", "ORC|NW|1", "OBR|1|||CXR"};

    @Inject
    MllpListener mllp;

    @Inject
    DataSource database;

    private final String id = UUID.randomUUID().toString();

    @BeforeEach
    void nobodyIsConnected() {
        await().until(() -> mllp.connections() == 0);
    }

    @ParameterizedTest
    @CsvSource({
        "ORM^O01, AA",
        "OMI^O23^OMI_O23, AA",
        "OMG^O19, AA",
        "ADT^A08, AA",
        "ADT^A31, AA",
        "ADT^A40, AE MRG 100",
        "ADT^A47, AE MRG 100",
        "ORU^R01, AA",
        "MDM^T02, AE TXA 100",
        "SIU^S12, AA",
        "ADT^A01, AR MSH-9 201",
        "ORU^W01, AR MSH-9 201",
        "VXU^V04, AR MSH-9 200",
        "'', AR MSH-9 200"
    })
    void messageTypes(String type, String answer) throws Exception {
        try (Engine engine = connect()) {
            assertThat(engine.send(Engine.message(type, id, ORDER))).isEqualTo(answer);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "|P|, |T|, AR MSH-11 202",
        "|P|, ||, AA",
        "|2.5.1|, |2.3.1|, AA",
        "|2.5.1|, |3.0|, AR MSH-12 203",
        "|UNICODE UTF-8, |UNICODE UTF-16, AR MSH-18 103",
        "PID|1||P-1, PID|1||, AE PID-3 101",
        "ORC|NW|1, ORC|NW|, AE ORC-2 101",
        "ORC|NW|1, ORC|??|1, AE ORC-1 103"
    })
    void fields(String given, String instead, String answer) throws Exception {
        try (Engine engine = connect()) {
            assertThat(engine.send(Engine.message("ORM^O01", id, ORDER).replace(given, instead)))
                    .isEqualTo(answer);
        }
    }

    @Test
    void aControlIdMustBeThereAndBounded() throws Exception {
        try (Engine engine = connect()) {
            assertThat(engine.send(Engine.message("ORM^O01", "", ORDER))).isEqualTo("AR MSH-10 101");
            assertThat(engine.send(Engine.message("ORM^O01", "x".repeat(200), ORDER)))
                    .isEqualTo("AR MSH-10 102");
        }
    }

    @Test
    void theAnswerIsAnAcknowledgementToAnotherLibrary() throws Exception {
        String answer;
        try (Engine engine = connect()) {
            answer = engine.exchange(Engine.message("ORM^O01", id, "PID|1||").getBytes(StandardCharsets.UTF_8));
        }

        ACK ack = (ACK) new PipeParser().parse(answer);

        assertThat(ack.getMSH().getMessageType().encode()).isEqualTo("ACK^O01^ACK");
        assertThat(ack.getMSH().getReceivingApplication().encode()).isEqualTo("RIS");
        assertThat(ack.getMSH().getReceivingFacility().encode()).isEqualTo("HOSPITAL");
        assertThat(ack.getMSH().getSendingApplication().encode()).isEqualTo("PRELIM");
        assertThat(ack.getMSA().encode()).isEqualTo("MSA|AE|" + id + "|PID-3: required field missing");
        assertThat(ack.getERR().encode()).isEqualTo("ERR||PID^1^3|101^^HL70357|E||||required field missing");
    }

    @Test
    @BadInput(id = "M18", entrance = Entrance.MLLP, answer = "AA each time, kept once")
    void theSameMessageAgainIsKeptOnce() throws Exception {
        String message = Engine.message("ORM^O01", id, "PID|1||P-1", "ORC|NW|" + id, "OBR|1");
        String other = message.replace("OBR|1", "OBR|2");
        try (Engine engine = connect();
                Engine another = connect()) {
            assertThat(engine.send(message)).isEqualTo("AA");
            assertThat(engine.send(message)).isEqualTo("AA");
            assertThat(another.send(message)).isEqualTo("AA");
            assertThat(published(id)).isEqualTo(1);

            // a control id that is used again for something else is another message
            assertThat(engine.send(other)).isEqualTo("AA");
            assertThat(published(id)).isEqualTo(2);
        }
    }

    @Test
    void allOrdersOfAMessageAreKeptOrNone() throws Exception {
        try (Engine engine = connect()) {
            assertThat(engine.send(Engine.message(
                            "ORM^O01", id, "PID|1||P-1", "ORC|NW|" + id, "OBR|1", "ORC|NW|2" + id, "ORC|??|3")))
                    .startsWith("AE");
        }
        assertThat(published(id)).isZero();
    }

    @Test
    void nothingIsAcknowledgedWhileTheDatabaseIsAway() throws Exception {
        String message = Engine.message("ORM^O01", id, "PID|1||P-1", "ORC|NW|" + id, "OBR|1");
        try (Engine engine = connect()) {
            ServiceUnderTest.database().cut();
            try {
                assertThat(engine.send(message)).isEqualTo("AE message 207");
            } finally {
                ServiceUnderTest.database().restore();
            }
        }
        await().untilAsserted(() -> {
            try (Engine engine = connect()) {
                assertThat(engine.send(message)).isEqualTo("AA");
            }
        });
        assertThat(published(id)).isEqualTo(1);
    }

    @Test
    void signedReportsAreKeptAsTheyCame() throws Exception {
        String accession = "ACC" + id;
        String report = Engine.message(
                "ORU^R01",
                id,
                "PID|1||P-1",
                "OBR|1|PL|FI|CXR||||||||||||||" + accession + "|||||||F",
                "OBX|1|ST|113014^DICOM Study^DCM||1.2.3.4||||||O",
                "OBX|2|TX|^Text||Signed.||||||F");
        try (Engine engine = connect()) {
            assertThat(engine.send(report)).isEqualTo("AA");
            assertThat(engine.send(report)).isEqualTo("AA");
            assertThat(engine.send(report.replace("|F\rOBX|1", "|P\rOBX|1").replace("|" + id + "|", "|P" + id + "|")))
                    .isEqualTo("AA");
            assertThat(engine.send(Engine.message(
                            "MDM^T02",
                            "M" + id,
                            "PID|1||P-1",
                            "TXA|1|DI|TX|||||||||||PL^X|" + accession + "||LA",
                            "OBX|1|TX|^Text||Signed.")))
                    .isEqualTo("AA");
        }
        assertThat(Rows.of(
                        database,
                        "select message_type || ' ' || coalesce(accession_number, '-') || ' ' || coalesce(accession_issuer, '-') || ' '"
                                + " || coalesce(study_instance_uid, '-') || ' ' || patient_id || ' ' || status || ' ' || report_text"
                                + " from signed_reports where"
                                + " convert_from(message, 'UTF8') like ? order by message_type desc",
                        "%" + accession + "%"))
                .containsExactly(
                        "ORU^R01 " + accession + " default 1.2.3.4 P-1 FINAL Signed.",
                        "MDM^T02 - - - P-1 FINAL Signed.");
    }

    @Test
    @BadInput(id = "M14", entrance = Entrance.MLLP, answer = "AA, U+FFFD where the text is not of MSH-18")
    @BadInput(id = "M14", entrance = Entrance.MLLP, answer = "AR MSH-18 where the character set is not known")
    void textThatIsNotInItsCharacterSet() throws Exception {
        assertName("UNICODE UTF-8", "Müller", StandardCharsets.UTF_8, "Müller");
        assertName("8859/1", "Müller", StandardCharsets.ISO_8859_1, "Müller");
        assertName("8859/2", "Dvořák", Charset.forName("ISO-8859-2"), "Dvořák");
        assertName("", "Müller", StandardCharsets.ISO_8859_1, "Müller");
        assertName("UNICODE UTF-8", "Müller", StandardCharsets.ISO_8859_1, "M\ufffdller");
        try (Engine engine = connect()) {
            assertThat(engine.send(Engine.message("ADT^A08", id, "PID|1||1").replace("UNICODE UTF-8", "KS X 1001")))
                    .isEqualTo("AR MSH-18 103");
        }
    }

    private void assertName(String characterSet, String name, Charset charset, String kept) throws IOException {
        String patient = UUID.randomUUID().toString();
        String message = Engine.message("ADT^A08", patient, "PID|1||" + patient + "||" + name)
                .replace("UNICODE UTF-8", characterSet);
        try (Engine engine = connect()) {
            assertThat(Engine.brief(engine.exchange(message.getBytes(charset)))).isEqualTo("AA");
        }
        assertThat(name(patient)).isEqualTo(kept);
    }

    @Test
    @BadInput(id = "M19", entrance = Entrance.MLLP, answer = "AA, kept as text")
    void namesThatAreProgramsElsewhere() throws Exception {
        for (String name : List.of(
                "'); drop table orders; --",
                "=cmd|' /C calc'!A0",
                "<script>alert(1)</script>",
                "{{7*7}}${jndi:ldap://x}",
                "INGEST-9999 forged; a=b")) {
            String patient = UUID.randomUUID().toString();
            String escaped = name.replace("|", "\\F\\").replace("&", "\\T\\");
            try (Engine engine = connect()) {
                assertThat(engine.send(Engine.message("ADT^A08", patient, "PID|1||" + patient + "||" + escaped)))
                        .isEqualTo("AA");
            }
            // but for the delimiter of component groups that a name has in DICOM
            assertThat(name(patient)).isEqualTo(name.replace('=', ' '));
        }
    }

    @Test
    @BadInput(
            id = "M20",
            entrance = Entrance.MLLP,
            answer = "AA, delimiters that are escaped are text of one component")
    void delimitersInAName() throws Exception {
        String patient = UUID.randomUUID().toString();
        String name = "O\\F\\Neil\\S\\\\R\\\\T\\\\E\\\\X0D\\MSH\\X0B1C0D\\^Ann\\.br\\";
        try (Engine engine = connect()) {
            assertThat(engine.send(Engine.message("ADT^A08", patient, "PID|1||" + patient + "||" + name)))
                    .isEqualTo("AA");
        }

        assertThat(name(patient)).startsWith("O|Neil ~& ").contains("^Ann").doesNotContain("\r", "\u000b", "\u001c");
    }

    @Test
    @BadInput(id = "M20", entrance = Entrance.MLLP, answer = "AR at the longest message, closed")
    void aMessageWithoutEnd() throws Exception {
        byte[] begin = ("\u000b" + Engine.message("ADT^A08", id, "PID|1||1||")).getBytes(StandardCharsets.US_ASCII);
        try (Engine engine = connect()) {
            engine.write(begin);
            byte[] more = "x".repeat(8192).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i * more.length < ServiceUnderTest.LONGEST_MESSAGE; i++) {
                engine.write(more);
            }

            String answer = engine.answer();
            assertThat(Engine.brief(answer)).isEqualTo("AR message 102");
            assertThat(answer).contains("|" + id + "|");
            assertThat(engine.closed()).isTrue();
        }
    }

    @Test
    @BadInput(id = "M20", entrance = Entrance.MLLP, answer = "AR at the longest message, closed")
    void aMessageThatNeverStops() throws Exception {
        byte[] more = "x".repeat(8192).getBytes(StandardCharsets.US_ASCII);
        try (Engine engine = connect()) {
            engine.write(new byte[] {0x0B});
            await().until(() -> {
                try {
                    engine.write(more);
                    return false;
                } catch (SocketException e) {
                    return true;
                }
            });
        }
        assertServed();
    }

    @Test
    @BadInput(id = "M21", entrance = Entrance.MLLP, answer = "AR MSH: XML is not read")
    void xmlIsNotRead() throws Exception {
        String xml = "<?xml version=\"1.0\"?><!DOCTYPE ADT_A01 [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>"
                + "<ADT_A01><MSH>&x;</MSH></ADT_A01>";
        try (Engine engine = connect()) {
            String answer = engine.exchange(xml.getBytes(StandardCharsets.UTF_8));

            assertThat(Engine.brief(answer)).isEqualTo("AR MSH 100");
            assertThat(answer).doesNotContain("ADT");
            // inside a field it is text
            assertThat(engine.send(Engine.message("ADT^A08", id, "PID|1||" + id + "||" + xml.replace("&", "\\T\\"))))
                    .isEqualTo("AA");
        }
        assertThat(name(id)).startsWith("<?xml").contains("file:///etc/hostname");
    }

    @ParameterizedTest
    @CsvSource({"MSH|^~\\&|", "'\u000bMSH|^~\\&|A\u001cB'", "GET / HTTP/1.1"})
    @BadInput(id = "M03", entrance = Entrance.MLLP, answer = "closed, nothing kept")
    void whatIsNoBlockEndsTheConnection(String bytes) throws Exception {
        try (Engine engine = connect()) {
            engine.write(bytes.getBytes(StandardCharsets.ISO_8859_1));

            assertThat(engine.closed()).isTrue();
        }
        assertServed();
    }

    @Test
    @BadInput(id = "M01", entrance = Entrance.MLLP, answer = "closed, nothing kept")
    void aMessageThatIsCut() throws Exception {
        byte[] whole = Engine.frame(Engine.message("ORM^O01", id, "PID|1||P-1", "ORC|NW|" + id, "OBR|1")
                .getBytes(StandardCharsets.UTF_8));
        try (Engine engine = connect()) {
            // but for the last carriage return
            engine.write(Arrays.copyOf(whole, whole.length - 1));
            engine.endOutput();

            assertThat(engine.closed()).isTrue();
        }
        assertThat(published(id)).isZero();
    }

    @Test
    @BadInput(id = "M05", entrance = Entrance.MLLP, answer = "closed: an address that is not listed")
    @BadInput(id = "M05", entrance = Entrance.MLLP, answer = "AR MSH-3: an application that is not listed")
    void whoIsNotListed() throws Exception {
        try (Engine stranger = Engine.connect("127.0.0.9", mllp.port())) {
            assertThat(stranger.closed()).isTrue();
        }
        try (Engine clinic = Engine.connect(ServiceUnderTest.CLINIC, mllp.port())) {
            String message = Engine.message("ADT^A08", id, "PID|1||1");
            assertThat(clinic.send(message)).isEqualTo("AR MSH-3 103");
            assertThat(clinic.send(message.replace("|RIS|", "|CLINIC|"))).isEqualTo("AA");
        }
    }

    @Test
    @BadInput(id = "M06", entrance = Entrance.MLLP, answer = "closed: one connection too many")
    void onePeerHasNoMoreThanItsShare() throws Exception {
        List<Engine> engines = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                engines.add(connect());
                assertThat(engines.get(i).send(Engine.message("SIU^S12", id))).isEqualTo("AA");
            }
            try (Engine fourth = Engine.connect(mllp.port())) {
                assertThat(fourth.closed()).isTrue();
            }
            try (Engine clinic = Engine.connect(ServiceUnderTest.CLINIC, mllp.port())) {
                assertThat(clinic.send(Engine.message("SIU^S12", id).replace("|RIS|", "|CLINIC|")))
                        .isEqualTo("AA");
            }
        } finally {
            for (Engine engine : engines) {
                engine.close();
            }
        }
        assertServed();
    }

    @Test
    @BadInput(id = "M06", entrance = Entrance.MLLP, answer = "closed: idle, or a message that does not come to its end")
    void whoIsSlow() throws Exception {
        try (Engine silent = connect();
                Engine trickling = connect()) {
            trickling.write(new byte[] {0x0B});
            await().until(() -> {
                try {
                    trickling.write(new byte[] {'x'});
                    return false;
                } catch (SocketException e) {
                    return true;
                }
            });
            assertThat(silent.closed()).isTrue();
        }
        assertServed();
    }

    private Engine connect() throws IOException {
        return Engine.connect(mllp.port());
    }

    private void assertServed() {
        await().ignoreExceptions().untilAsserted(() -> {
            try (Engine engine = connect()) {
                assertThat(engine.send(
                                Engine.message("SIU^S12", UUID.randomUUID().toString())))
                        .isEqualTo("AA");
            }
        });
    }

    private long published(String orderNumber) {
        return Rows.of(
                        database,
                        "select 1 from outbox where topic = 'orders.v1' and convert_from(payload, 'UTF8') like ?",
                        "%" + orderNumber + "%")
                .size();
    }

    private String name(String patientId) {
        return Rows.of(database, "select patient_name from patients where patient_id = ?", patientId)
                .get(0);
    }
}
