package io.prelim.ingest.web.qido;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.object.DataSet;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.StowClient;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.fixture.DicomWebClient;
import io.prelim.ingest.fixture.DicomWebClient.Answer;
import io.prelim.ingest.fixture.KeyObjects;
import io.prelim.testkit.badinput.BadInput;
import io.prelim.testkit.badinput.Entrance;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(90)
class SearchIT {
    private static final String STUDY = "0020000D";

    /** Of the studies of this test alone. */
    private final String patient = "Q" + ThreadLocalRandom.current().nextInt(1_000_000, 10_000_000);

    private DicomWebClient client;

    @BeforeEach
    void clients() {
        client = new DicomWebClient(RestAssured.port);
    }

    private void store(TestObject... objects) throws Exception {
        byte[][] files = new byte[objects.length][];
        for (int i = 0; i < objects.length; i++) {
            files[i] = objects[i].file();
        }
        assertThat(new StowClient(RestAssured.port).store(files).status()).isEqualTo(200);
    }

    private TestObject image(String study, String series, int number) {
        TestObject object = TestObject.image(study, series, number, 64)
                .with(Tag.PATIENT_ID, patient)
                .with(Tag.PATIENT_NAME, "Mueller^Aenne")
                .with(Tag.PATIENT_BIRTH_DATE, "19620709")
                .with(Tag.ACCESSION_NUMBER, patient + "-A1")
                .with(Tag.STUDY_DATE, "20260102")
                .with(Tag.STUDY_TIME, "101530.25")
                .with(Tag.STUDY_ID, "S7")
                .with(Tag.STUDY_DESCRIPTION, "Thorax 100%")
                .with(Tag.REFERRING_PHYSICIAN_NAME, "House^Gregory")
                .with(Tag.SERIES_NUMBER, "3")
                .with(Tag.SERIES_DESCRIPTION, "PA standing")
                .with(Tag.PERFORMED_PROCEDURE_STEP_START_DATE, "20260103")
                .with(Tag.PERFORMED_PROCEDURE_STEP_START_TIME, "0915");
        object.dataSet()
                .putSequence(
                        Tag.REQUEST_ATTRIBUTES_SEQUENCE,
                        new DataSet()
                                .putString(Tag.SCHEDULED_PROCEDURE_STEP_ID, "SPS1")
                                .putString(Tag.REQUESTED_PROCEDURE_ID, "RP1"));
        return object;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void aStudyIsToldWhole() throws Exception {
        String study = Uid.random();
        store(
                image(study, "1.2.3", 1),
                image(study, "1.2.3", 2),
                image(study, "1.2.4", 3).with(Tag.MODALITY, "CT"));

        Answer answer = client.get("/studies?PatientID=" + patient + "&includefield=StudyDescription");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.mediaType()).isEqualTo("application/dicom+json");
        assertThat(answer.header("Warning")).isEmpty();
        JsonNode match = answer.json().path(0);
        assertThat(answer.json()).hasSize(1);
        assertThat(match.path(STUDY).path("Value").path(0).asText()).isEqualTo(study);
        assertThat(answer.values("00100010")).containsExactly("Mueller^Aenne");
        assertThat(answer.values("00100020")).containsExactly(patient);
        assertThat(answer.values("00100030")).containsExactly("19620709");
        assertThat(answer.values("00100040")).containsExactly("F");
        assertThat(answer.values("00080020")).containsExactly("20260102");
        assertThat(answer.values("00080030")).containsExactly("101530.25");
        assertThat(answer.values("00080050")).containsExactly(patient + "-A1");
        assertThat(answer.values("00080056")).containsExactly("ONLINE");
        assertThat(answer.values("00080090")).containsExactly("House^Gregory");
        assertThat(answer.values("00081030")).containsExactly("Thorax 100%");
        assertThat(answer.values("00200010")).containsExactly("S7");
        assertThat(answer.values("00201206")).containsExactly("2");
        assertThat(answer.values("00201208")).containsExactly("3");
        assertThat(match.path("00080061").path("Value"))
                .extracting(JsonNode::asText)
                .containsExactly("CT", "DX");
        String url = match.path("00081190").path("Value").path(0).asText();
        assertThat(url).isEqualTo(client.service() + "/studies/" + study);
        assertThat(client.follow(url).parts()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PatientName=MUELLER*",
                "PatientName=mueller^aenne",
                "PatientName=M?eller^A*",
                "PatientName=Mueller^Aenne^^",
                "00100010=mueller*",
                "PatientName=",
                "StudyDate=20260102",
                "StudyDate=20260101-20260102",
                "StudyDate=20260102-",
                "StudyDate=-20260102",
                "StudyTime=10",
                "StudyTime=1015-1016",
                "StudyTime=101530.2-101530.3",
                "StudyTime=-101530.25",
                "ModalitiesInStudy=DX",
                "ModalitiesInStudy=D*",
                "ReferringPhysicianName=HOUSE*",
                "StudyID=S7",
                "StudyDescription=Thorax 100%",
                "StudyDescription=Thorax*%",
                "PatientSex=F",
                "PatientBirthDate=19600101-19691231"
            })
    void aStudyIsFoundBy(String key) throws Exception {
        String study = Uid.random();
        store(image(study, "1.2.3", 1));

        assertThat(client.get("/studies?PatientID=" + patient + "&" + query(key))
                        .values(STUDY))
                .containsExactly(study);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PatientName=Muller*",
                "PatientName=ueller*",
                "PatientName=Mueller",
                "StudyDate=20260103",
                "StudyDate=20260103-",
                "StudyDate=-20260101",
                "StudyTime=11",
                "StudyTime=1016-",
                "StudyTime=-101530.1",
                "ModalitiesInStudy=CT",
                "ModalitiesInStudy=dx",
                "StudyID=S?7",
                "StudyDescription=Thorax 100_",
                "StudyDescription=Thorax%",
                "StudyInstanceUID=1.2.3.4"
            })
    void aStudyIsNotFoundBy(String key) throws Exception {
        store(image(Uid.random(), "1.2.3", 1));

        Answer answer = client.get("/studies?PatientID=" + patient + "&" + query(key));

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
    }

    private static String query(String key) {
        int equals = key.indexOf('=');
        return key.substring(0, equals + 1) + encoded(key.substring(equals + 1));
    }

    @Test
    void byAListOfUids() throws Exception {
        String one = Uid.random();
        String other = Uid.random();
        store(image(one, "1.2.3", 1), image(other, "1.2.3", 1));

        for (String separator : List.of(",", "%5C")) {
            assertThat(client.get("/studies?StudyInstanceUID=" + one + separator + "1.2.3" + separator + other)
                            .values(STUDY))
                    .containsExactlyInAnyOrder(one, other);
        }
    }

    @Test
    void seriesAreToldWithTheirStudyUnlessTheAddressNamesIt() throws Exception {
        String study = Uid.random();
        store(
                image(study, "1.2.3", 1),
                image(study, "1.2.4", 1).with(Tag.SERIES_NUMBER, "1").with(Tag.MODALITY, "CT"),
                image(study, "1.2.4", 2).with(Tag.SERIES_NUMBER, "1").with(Tag.MODALITY, "CT"));

        Answer below = client.get("/studies/" + study + "/series");
        Answer everywhere = client.get("/series?PatientID=" + patient + "&Modality=CT&includefield=SeriesDescription");

        assertThat(below.values("0020000E")).containsExactly("1.2.4", "1.2.3");
        assertThat(below.values("00200011")).containsExactly("1", "3");
        assertThat(below.values("00201209")).containsExactly("2", "1");
        assertThat(below.values("00080060")).containsExactly("CT", "DX");
        assertThat(below.values("00400244")).containsExactly("20260103", "20260103");
        assertThat(below.values("00400245")).containsExactly("0915", "0915");
        JsonNode request = below.json().path(0).path("00400275").path("Value").path(0);
        assertThat(request.path("00400009").path("Value").path(0).asText()).isEqualTo("SPS1");
        assertThat(request.path("00401001").path("Value").path(0).asText()).isEqualTo("RP1");
        assertThat(below.json().path(0).has("00100010")).isFalse();
        assertThat(below.values(STUDY)).containsOnly(study);
        assertThat(everywhere.values("0020000E")).containsExactly("1.2.4");
        assertThat(everywhere.values("00100010")).containsExactly("Mueller^Aenne");
        assertThat(everywhere.values("0008103E")).containsExactly("PA standing");
        assertThat(everywhere.values("00201208")).containsExactly("3");
        assertThat(everywhere.values("00201209")).containsExactly("2");
        assertThat(everywhere.values("00081190"))
                .containsExactly(client.service() + "/studies/" + study + "/series/1.2.4");
    }

    @ParameterizedTest
    @CsvSource({
        "Modality=DX, true",
        "SeriesNumber=3, true",
        "SeriesNumber=4, false",
        "SeriesInstanceUID=1.2.3, true",
        "PerformedProcedureStepStartDate=20260103, true",
        "PerformedProcedureStepStartTime=09, true",
        "PerformedProcedureStepStartTime=091530-, false",
        "RequestAttributesSequence.RequestedProcedureID=RP*, true",
        "00400275.00400009=SPS1, true",
        "00400275.00400009=SPS2, false",
        "SeriesDescription=PA*, true"
    })
    void aSeriesIsFoundBy(String key, boolean found) throws Exception {
        String study = Uid.random();
        store(image(study, "1.2.3", 1));

        assertThat(client.get("/studies/" + study + "/series?" + query(key)).status())
                .isEqualTo(found ? 200 : 204);
    }

    @Test
    void instancesInTheOrderOfTheirNumbers() throws Exception {
        String study = Uid.random();
        TestObject tenth = image(study, "1.2.3", 10);
        TestObject second = image(study, "1.2.3", 2);
        store(tenth, second);

        Answer all = client.get("/studies/" + study + "/series/1.2.3/instances");

        assertThat(all.values("00080018")).containsExactly(second.sopInstance(), tenth.sopInstance());
        assertThat(all.values("00200013")).containsExactly("2", "10");
        assertThat(all.values("00080016")).containsOnly(second.sopClass());
        assertThat(all.values("00280010")).containsOnly("64");
        assertThat(all.values("00083002")).containsOnly(Uid.EXPLICIT_VR_LITTLE_ENDIAN);
        assertThat(all.values("00081190").get(0)).endsWith(DicomWebClient.path(second));
        assertThat(client.get("/studies/" + study + "/instances?InstanceNumber=10")
                        .values("00080018"))
                .containsExactly(tenth.sopInstance());
        assertThat(client.get("/instances?SOPInstanceUID=" + tenth.sopInstance())
                        .values("00100020"))
                .containsExactly(patient);
        assertThat(client.get("/studies/" + study + "/instances?SOPClassUID=" + Uid.CT_IMAGE_STORAGE)
                        .status())
                .isEqualTo(204);
        assertThat(client.get("/studies/1.2.9/instances").status()).isEqualTo(204);
    }

    @Test
    void pagesAreOfOneOrderAndTellThatThereIsMore() throws Exception {
        List<String> studies = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            studies.add(Uid.random());
            store(image(studies.get(i), "1.2.3", 1));
        }
        String search = "/studies?PatientID=" + patient;

        Answer first = client.get(search + "&limit=3");
        Answer second = client.get(search + "&limit=3&offset=3");
        Answer last = client.get(search + "&limit=3&offset=6");
        Answer most = client.get(search + "&limit=100");

        assertThat(first.header("Warning"))
                .isEqualTo("299 " + client.service() + ": \"There are additional results that can be requested.\"");
        assertThat(second.header("Warning")).isNotEmpty();
        assertThat(last.header("Warning")).isEmpty();
        Set<String> found = new TreeSet<>(first.values(STUDY));
        found.addAll(second.values(STUDY));
        found.addAll(last.values(STUDY));
        assertThat(found).containsExactlyInAnyOrderElementsOf(studies);
        assertThat(first.values(STUDY).get(0)).isEqualTo(studies.get(6));
        assertThat(most.json()).hasSize(ServiceUnderTest.MAX_RESULTS);
        assertThat(most.header("Warning")).isNotEmpty();
        assertThat(client.get(search + "&offset=7").status()).isEqualTo(204);
    }

    @Test
    void semanticMatchingIsToldNotToBeDone() throws Exception {
        store(image(Uid.random(), "1.2.3", 1));

        assertThat(client.get("/studies?PatientID=" + patient + "&fuzzymatching=true")
                        .header("Warning"))
                .isEqualTo("299 " + client.service() + ": \"The fuzzymatching parameter is not supported."
                        + " Only literal matching has been performed.\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/studies?Nonsense=CANARY",
                "/studies?Modality=CT",
                "/studies?limit=0",
                "/studies?offset=-1",
                "/studies?PatientID=CANARY&PatientID=CANARY",
                "/studies?StudyDate=CANARY",
                "/studies?includefield=CANARY",
                "/series?SOPInstanceUID=1.2",
                "/studies/no-uid/series"
            })
    void whatIsNotKnownIsRefusedWithoutBeingShown(String search) throws Exception {
        Answer answer = client.get(search);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.mediaType()).isEqualTo("application/problem+json");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).doesNotContain("CANARY");
    }

    @Test
    @BadInput(id = "M21", entrance = Entrance.WADO, answer = "406: XML is not written")
    void otherMediaTypesAreRefused() throws Exception {
        assertThat(client.get("/studies", "Accept", "multipart/related; type=\"application/dicom+xml\"")
                        .status())
                .isEqualTo(406);
        store(image(Uid.random(), "1.2.3", 1));
        assertThat(client.get("/studies?PatientID=" + patient, "Accept", "application/json")
                        .mediaType())
                .isEqualTo("application/json");
    }

    @Test
    void whatWasTakenBackIsNotFound() throws Exception {
        String study = Uid.random();
        TestObject rejected = image(study, "1.2.4", 1).with(Tag.MODALITY, "CT");
        TestObject left = image(study, "1.2.3", 2);
        store(rejected, left);
        store(KeyObjects.note("113037", study, List.of(rejected.sopInstance())));

        assertThat(client.get("/studies/" + study + "/instances").values("00080018"))
                .containsExactly(left.sopInstance());
        assertThat(client.get("/studies/" + study + "/series").values("0020000E"))
                .containsExactly("1.2.3");
        assertThat(client.get("/studies?ModalitiesInStudy=CT&PatientID=" + patient)
                        .status())
                .isEqualTo(204);
        assertThat(client.get("/studies?PatientID=" + patient).values("00201208"))
                .containsExactly("1");

        store(KeyObjects.note("113037", study, List.of(left.sopInstance())));

        assertThat(client.get("/studies?PatientID=" + patient).status()).isEqualTo(204);
    }

    @Test
    @BadInput(id = "M19", entrance = Entrance.WADO, answer = "204: a value that nothing has")
    void whatIsHostileIsAValueLikeOthers() throws Exception {
        assertThat(client.get("/studies?PatientName=" + encoded("'; drop table studies; --*"))
                        .status())
                .isEqualTo(204);
        assertThat(client.get("/studies?PatientID=" + encoded("\\' or 1=1")).status())
                .isEqualTo(204);
    }
}
