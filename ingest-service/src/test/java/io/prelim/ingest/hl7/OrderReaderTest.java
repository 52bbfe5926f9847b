package io.prelim.ingest.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.uhn.hl7v2.model.v251.message.OMI_O23;
import ca.uhn.hl7v2.model.v251.segment.PID;
import ca.uhn.hl7v2.parser.PipeParser;
import io.prelim.events.Code;
import io.prelim.events.Event;
import io.prelim.events.IdentityKeys;
import io.prelim.events.Order;
import io.prelim.events.OrderChanged;
import io.prelim.events.OrderPlaced;
import io.prelim.events.Phi;
import io.prelim.events.Priority;
import io.prelim.ingest.fixture.Engine;
import io.prelim.ingest.hl7.Refusal.Refused;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderReaderTest {
    private static final Instant AT = Instant.parse("2026-01-02T10:15:00Z");
    private static final IdentityKeys KEYS = new IdentityKeys("the secret of this test");
    private static final String PID = "PID|1||P-1^^^HOSP||Doe^Jane^M^Jr^Dr||19700102|F";

    @Test
    void anOrmWithStudyAndAccession() throws Refused {
        List<Event> events = read(
                TestPeer.with(),
                "ORM^O01",
                PID,
                "ORC|NW|PL-1^RIS|FI-1||SC||^^^^^S",
                "OBR|1|PL-1|FI-1|CXR^Chest radiograph^99RAD|||||||||history|||||ACC-1|||||||||||||R05^Cough^I10~FEVER",
                "ZDS|1.2.3.4^RIS^Application^DICOM");

        OrderPlaced placed = (OrderPlaced) events.get(0);
        Order order = placed.order();
        assertThat(events).hasSize(1);
        assertThat(placed.orderKey()).isEqualTo(KEYS.order("default", Phi.of("PL-1")));
        assertThat(placed.occurredAt()).isEqualTo(AT);
        assertThat(order.placerOrderNumber()).isEqualTo(Phi.of("PL-1"));
        assertThat(order.fillerOrderNumber()).isEqualTo(Phi.of("FI-1"));
        assertThat(order.accessionNumber()).isEqualTo(Phi.of("ACC-1"));
        assertThat(order.accessionIssuer()).isEqualTo("default");
        assertThat(order.studyInstanceUid()).isEqualTo("1.2.3.4");
        assertThat(order.procedure()).isEqualTo(new Code("99RAD", "CXR", "Chest radiograph"));
        assertThat(order.priority()).isEqualTo(Priority.STAT);
        assertThat(order.indication()).isEqualTo(Phi.of("Cough; FEVER"));
        assertThat(order.status()).isEqualTo(Order.Status.SCHEDULED);
        assertThat(order.patient().issuer()).isEqualTo("HOSP");
        assertThat(order.patient().id()).isEqualTo(Phi.of("P-1"));
        assertThat(order.patient().name()).isEqualTo(Phi.of("Doe^Jane^M^Dr^Jr"));
        assertThat(order.patient().birthDate()).isEqualTo(Phi.of("19700102"));
        assertThat(order.patient().sex()).isEqualTo("F");
    }

    @Test
    void anOmiAsAnotherLibraryWritesIt() throws Exception {
        OMI_O23 omi = new OMI_O23();
        omi.getMSH().getFieldSeparator().setValue("|");
        omi.getMSH().getEncodingCharacters().setValue("^~\\&");
        omi.getMSH().getMessageType().getMessageCode().setValue("OMI");
        omi.getMSH().getMessageType().getTriggerEvent().setValue("O23");
        omi.getMSH().getVersionID().getVersionID().setValue("2.5.1");
        PID pid = omi.getPATIENT().getPID();
        pid.getPatientIdentifierList(0).getIDNumber().setValue("P-1");
        pid.getPatientName(0).getFamilyName().getSurname().setValue("O'Neil & |^ Sons");
        omi.getORDER().getORC().getOrderControl().setValue("NW");
        omi.getORDER().getORC().getPlacerOrderNumber().getEntityIdentifier().setValue("PL-1");
        omi.getORDER().getTIMING().getTQ1().getPriority(0).getIdentifier().setValue("S");
        omi.getORDER().getOBR().getUniversalServiceIdentifier().getIdentifier().setValue("CXR");
        omi.getORDER().getIPC().getAccessionIdentifier().getEntityIdentifier().setValue("ACC-9");
        omi.getORDER().getIPC().getStudyInstanceUID().getEntityIdentifier().setValue("1.2.3.9");
        byte[] bytes = new PipeParser().encode(omi).getBytes(StandardCharsets.ISO_8859_1);

        Order order = ((OrderPlaced) new OrderReader(TestPeer.with(), KEYS)
                        .read(Hl7Message.parse(bytes, "8859/1"), AT)
                        .get(0))
                .order();

        assertThat(order.accessionNumber()).isEqualTo(Phi.of("ACC-9"));
        assertThat(order.studyInstanceUid()).isEqualTo("1.2.3.9");
        assertThat(order.priority()).isEqualTo(Priority.STAT);
        assertThat(order.procedure()).isEqualTo(new Code("L", "CXR", null));
        assertThat(order.patient().name()).isEqualTo(Phi.of("O'Neil & |  Sons"));
    }

    @Test
    void severalOrdersAndTheSegmentsOfEach() throws Refused {
        List<Event> events = read(
                TestPeer.with(),
                "OMG^O19",
                PID,
                "ORC|NW|PL-1",
                "TQ1|1||||||||S",
                "OBR|1|||A",
                "ORC|XO|PL-2",
                "OBR|2|||B",
                "ORC|CA|PL-3");

        assertThat(events)
                .extracting(Event::type)
                .containsExactly("io.prelim.OrderPlaced.v1", "io.prelim.OrderChanged.v1", "io.prelim.OrderChanged.v1");
        assertThat(((OrderPlaced) events.get(0)).order().priority()).isEqualTo(Priority.STAT);
        Order changed = ((OrderChanged) events.get(1)).order();
        assertThat(changed.priority()).isEqualTo(Priority.ROUTINE);
        assertThat(changed.procedure().value()).isEqualTo("B");
        assertThat(((OrderChanged) events.get(2)).order().status()).isEqualTo(Order.Status.CANCELLED);
    }

    @Test
    void aSendersOwnIssuersAndFields() throws Refused {
        Hl7Peer peer = TestPeer.with(
                "patient-issuer", "clinic",
                "accession-issuer", "clinic-ris",
                "order-issuer", "clinic-his",
                "accession-field", "OBR_3",
                "site", "north");

        Order order = ((OrderPlaced) read(peer, "ORM^O01", "PID|1||X^^^OTHER~P-7||", "ORC|NW||FI-7", "OBR|1")
                        .get(0))
                .order();

        assertThat(order.issuer()).isEqualTo("clinic-his");
        assertThat(order.number()).isEqualTo(Phi.of("FI-7"));
        assertThat(order.accessionNumber()).isEqualTo(Phi.of("FI-7"));
        assertThat(order.accessionIssuer()).isEqualTo("clinic-ris");
        assertThat(order.patient().issuer()).isEqualTo("clinic");
        assertThat(order.patient().id()).isEqualTo(Phi.of("P-7"));
        assertThat(order.site()).isEqualTo("north");
    }

    @ParameterizedTest
    @CsvSource({
        "PID|1||^^^H, ORC|NW|1, OBR|1, PID-3: required field missing, 101",
        "ZXX|1, ORC|NW|1, OBR|1, PID: required segment missing, 100",
        "PID|1||1, ZXX|1, OBR|1, ORC: required segment missing, 100",
        "PID|1||1, ORC|NW|1, ZXX|1, OBR: required segment missing, 100",
        "PID|1||1, ORC|ZZ|1, OBR|1, ORC-1: order control not supported, 103",
        "PID|1||1, ORC||1, OBR|1, ORC-1: order control not supported, 101",
        "PID|1||1, ORC|NW, OBR|1, ORC-2: required field missing, 101",
        "PID|1||1, ORC|NW|1, OBR|1!ZDS|1.2.x, ZDS-1: not a valid UID, 102"
    })
    void whatIsNoOrder(String pid, String orc, String obr, String why, int error) {
        Refused refused = catchThrowableOfType(
                Refused.class, () -> read(TestPeer.with(), "ORM^O01", pid, orc, obr.replace('!', '\r')));

        assertThat(refused).hasMessage(why);
        assertThat(refused.refusal().error()).isEqualTo(error);
        assertThat(refused.refusal().code()).isEqualTo(Refusal.Code.AE);
    }

    @Test
    void partOfANumberIsAnotherNumber() {
        String tooLong = "1".repeat(65);

        Refused refused = catchThrowableOfType(
                Refused.class,
                () -> read(TestPeer.with(), "ORM^O01", PID, "ORC|NW|1", "OBR|1", "ORC|NW|" + tooLong, "OBR|2"));

        assertThat(refused).hasMessage("ORC[2]-2: longer than 64 characters");
    }

    private static List<Event> read(Hl7Peer peer, String type, String... segments) throws Refused {
        byte[] bytes = Engine.message(type, "1", segments).getBytes(StandardCharsets.UTF_8);
        return new OrderReader(peer, KEYS).read(Hl7Message.parse(bytes, "8859/1"), AT);
    }
}
