package io.prelim.ingest.receive;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.Tag;
import io.prelim.events.Ids;
import io.prelim.events.PatientContext;
import io.prelim.ingest.Sender;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.StowClient;
import io.prelim.ingest.TestIndex;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.association.DicomListener;
import io.prelim.testkit.badinput.BadInput;
import io.prelim.testkit.badinput.Entrance;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Text that is a program to somebody else is text here. */
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
class HostileTextIT {
    private static final List<String> NAMES = List.of(
            "'); drop table studies; --",
            "=cmd|' /C calc'!A0",
            "<script>alert(1)</script>",
            "{{7*7}}${jndi:ldap://x}",
            "x\r\nINGEST-1001 forged");

    @Inject
    DicomListener listener;

    @Inject
    TestIndex index;

    @Test
    @BadInput(id = "M19", entrance = Entrance.DIMSE, answer = "C-STORE 0000, kept as it is")
    @BadInput(id = "M19", entrance = Entrance.STOW, answer = "200, kept as it is")
    void namesThatAreProgramsElsewhere() throws Exception {
        StowClient client = new StowClient(RestAssured.port);
        for (String name : NAMES) {
            TestObject byDimse = TestObject.radiograph().with(Tag.PATIENT_NAME, name);
            TestObject byStow = TestObject.radiograph().with(Tag.PATIENT_NAME, name);

            try (Sender sender = Sender.connect(listener.port())) {
                assertThat(sender.send(byDimse).status()).isZero();
            }
            assertThat(client.send("", "application/dicom", byStow.file()).status())
                    .isEqualTo(200);

            for (TestObject object : List.of(byDimse, byStow)) {
                assertThat(index.original(object.sopInstance())).isEqualTo(object.bytes());
                PatientContext context = index.awaitContext(object.study(), 1);
                assertThat(context.patientName().reveal()).isEqualTo(name.replaceAll("[\r\n]", ""));
                assertThat(RestAssured.get("/api/studies/" + Ids.study("default", object.study()))
                                .asString())
                        .doesNotContain(name.substring(1, 8));
            }
        }
        assertThat(Files.readString(ServiceUnderTest.LOG)).doesNotContain("drop table", "jndi", "forged");
    }

    @Test
    @BadInput(id = "M21", entrance = Entrance.STOW, answer = "415: XML is not read")
    void xmlIsNotRead() throws Exception {
        String xml = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>"
                + "<NativeDicomModel>&x;</NativeDicomModel>";
        StowClient client = new StowClient(RestAssured.port);

        assertThat(client.send("", "application/dicom+xml", StowClient.ascii(xml))
                        .status())
                .isEqualTo(415);
        assertThat(client.send("", "text/xml", StowClient.ascii(xml)).status()).isEqualTo(415);
    }
}
