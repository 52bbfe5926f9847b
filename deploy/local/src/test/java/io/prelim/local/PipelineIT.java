package io.prelim.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.prelim.dicom.object.DataSet;
import io.prelim.events.EventJson;
import io.prelim.local.progress.Stage;
import io.prelim.local.stack.Part;
import io.prelim.local.study.Sent;
import io.prelim.local.study.Study;
import io.prelim.local.study.StudyFinder;
import io.prelim.testkit.sample.SyntheticRadiograph;
import io.prelim.testkit.sample.SyntheticRadiograph.Kind;
import io.prelim.testkit.sample.SyntheticRadiograph.Sample;
import io.prelim.testkit.study.SampleStudies;
import io.prelim.testkit.study.SampleStudies.SampleStudy;
import io.prelim.testkit.study.StudyGenerator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole way, from C-STORE to draft, through three processes, a real broker and a real database. */
class PipelineIT {
    private static final String MODEL = "chest-pneumonia-paediatric";
    private static LiveStack live;

    @BeforeAll
    static void start() {
        live = LiveStack.shared();
    }

    @Test
    void everySampleStudyIsDraftedAndTheDraftSaysWhatTheImageShows() throws Exception {
        List<SampleStudy> samples = SampleStudies.all();

        for (SampleStudy sample : samples) {
            assertThat(live.send(sample.objects()).refused()).isEmpty();
        }

        for (SampleStudy sample : samples) {
            String text = live.draftedText(sample.studyInstanceUid());
            String presence = sample.sample().kind() == Kind.PNEUMONIA ? "present" : "absent";
            assertThat(text)
                    .as(sample.name())
                    .containsPattern("(?i)pneumonia \\(SCT 233604007\\): " + presence)
                    .contains("probability")
                    .contains(MODEL)
                    .contains("SYNTHETIC")
                    .contains(sample.studyInstanceUid());
        }
    }

    @Test
    void whatIsStoredIsFoundAndReadOverDicomWebByWhoHasTheToken() throws Exception {
        StudyGenerator study = newStudy();
        live.send(List.of(radiograph(study, 0, 1)));
        live.awaitStage(study.studyInstanceUid(), Stage.DRAFTED);

        HttpResponse<byte[]> found =
                dicomWeb("/studies?StudyInstanceUID=" + study.studyInstanceUid(), "application/dicom+json", token());
        HttpResponse<byte[]> thumbnail =
                dicomWeb("/studies/" + study.studyInstanceUid() + "/thumbnail", "image/png", token());

        assertThat(found.statusCode()).isEqualTo(200);
        assertThat(EventJson.mapper()
                        .readTree(found.body())
                        .at("/0/0020000D/Value/0")
                        .asText())
                .isEqualTo(study.studyInstanceUid());
        assertThat(thumbnail.statusCode()).isEqualTo(200);
        assertThat(ImageIO.read(new ByteArrayInputStream(thumbnail.body())).getWidth())
                .isBetween(1, 128);
        for (String other : new String[] {"", token() + "x"}) {
            assertThat(dicomWeb("/studies", "application/dicom+json", other).statusCode())
                    .isEqualTo(401);
        }
    }

    private String token() throws IOException {
        return live.stack().settings().secrets().get("dicom-web");
    }

    private HttpResponse<byte[]> dicomWeb(String path, String accept, String token) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(live.stack().url(Part.INGEST) + "/dicom-web" + path))
                                .header("Accept", accept)
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    void instancesSentTwiceAreOneStudyWithOneDraft() throws Exception {
        StudyGenerator study = newStudy();
        List<DataSet> objects = List.of(radiograph(study, 0, 1), radiograph(study, 1, 2));

        Sent first = live.send(objects);
        Sent again = live.send(objects);

        assertThat(first.stored()).isEqualTo(2);
        assertThat(again.stored()).as("the same object again is answered 0000").isEqualTo(2);
        live.awaitStage(study.studyInstanceUid(), Stage.DRAFTED);
        JsonNode studies = live.api().ingestJson("/api/studies?studyInstanceUid=" + study.studyInstanceUid());
        assertThat(studies.path("studies")).hasSize(1);
        assertThat(studies.at("/studies/0/instances").asInt()).isEqualTo(2);
        assertThat(studies.at("/studies/0/revision").asInt()).isEqualTo(1);
        assertOneCurrentDraft(study.studyInstanceUid());
    }

    @Test
    void studiesCaughtByTheDeathOfInferenceHaveExactlyOneCurrentDraftAfterItsReturn() throws Exception {
        List<StudyGenerator> studies = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            StudyGenerator study = newStudy();
            live.send(List.of(radiograph(study, i, 1)));
            studies.add(study);
        }
        StudyGenerator last = studies.get(studies.size() - 1);
        Awaitility.await("the last study is on its way")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> Set.of(Stage.RECEIVED, Stage.PLANNED)
                        .contains(live.api().study(last.studyInstanceUid()).stage()));

        live.stack().kill(Part.INFERENCE);

        assertThat(live.api().study(last.studyInstanceUid()).stage())
                .as("it was caught on its way")
                .isIn(Stage.RECEIVED, Stage.PLANNED);
        live.stack().start(Part.INFERENCE);
        for (StudyGenerator study : studies) {
            assertThat(live.draftedText(study.studyInstanceUid())).contains(MODEL);
            assertOneCurrentDraft(study.studyInstanceUid());
        }
    }

    @Test
    void objectWithoutPixelsOfItsKindIsStoredAndNotAnalysed() throws Exception {
        StudyGenerator study = newStudy();

        Sent sent = live.send(List.of(study.textReport()));

        assertThat(sent.refused()).isEmpty();
        live.awaitStage(study.studyInstanceUid(), Stage.NOT_ANALYZED);
        assertThat(live.api().study(study.studyInstanceUid()).detail()).contains("no image with pixel data");
        assertThat(live.api().report(study.studyInstanceUid())).isEmpty();
    }

    @Test
    void imageThatLacksItsPixelDataIsStoredAndItsDraftSaysWhyItWasNotAnalysed() throws Exception {
        StudyGenerator study = newStudy();

        Sent sent = live.send(List.of(study.radiographWithoutPixels(1)));

        assertThat(sent.refused()).isEmpty();
        assertThat(live.draftedText(study.studyInstanceUid()))
                .containsIgnoringCase("not analysed")
                .containsIgnoringCase("pixel data");
    }

    @Test
    void studyNoModelAppliesToIsDraftedAndTheDraftSaysSo() throws Exception {
        StudyGenerator study = newStudy();

        Sent sent = live.send(study.computedTomography(3));

        assertThat(sent.stored()).isEqualTo(3);
        assertThat(live.draftedText(study.studyInstanceUid())).containsIgnoringCase("no model");
    }

    @Test
    void unknownCalledAeTitleIsRejectedAndNothingIsStored() throws Exception {
        StudyGenerator study = newStudy();
        Path files = SampleStudies.write(List.of(radiograph(study, 0, 1)), live.newFolder());
        Study found = StudyFinder.find(List.of(files)).studies().get(0);

        assertThatThrownBy(() -> live.sender("SOMEBODY").send(found))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("1,1,7");

        assertThat(live.api().study(study.studyInstanceUid()).stage()).isEqualTo(Stage.UNSEEN);
        assertThat(live.send(List.of(radiograph(study, 0, 1))).refused())
                .as("others are served as before")
                .isEmpty();
    }

    private static void assertOneCurrentDraft(String studyInstanceUid) throws IOException, InterruptedException {
        JsonNode page = live.api().reportJson("/api/reports?studyInstanceUid=" + studyInstanceUid);
        assertThat(page.path("reports")).as("reports of the study").hasSize(1);
        String key = page.at("/reports/0/reportKey").asText();
        JsonNode versions =
                live.api().reportJson("/api/reports/" + key + "/versions").path("versions");
        Set<Integer> numbers = new HashSet<>();
        int settled = 0;
        for (JsonNode version : versions) {
            int number = version.path("version").asInt();
            numbers.add(number);
            settled += version.path("settled").asBoolean() && isOfAKnownPatient(key, number) ? 1 : 0;
        }
        assertThat(numbers).as("versions without gaps").hasSize(versions.size()).contains(1, versions.size());
        assertThat(settled).as("one settled version of a known patient").isEqualTo(1);
        JsonNode current = live.api().reportJson("/api/reports/" + key);
        assertThat(current.path("version").asInt()).isEqualTo(versions.size());
        assertThat(current.path("settled").asBoolean()).isTrue();
    }

    /** Where the answer comes before the patient's data, the draft without them is settled too. */
    private static boolean isOfAKnownPatient(String reportKey, int version) throws IOException, InterruptedException {
        return live.api()
                .reportJson("/api/reports/" + reportKey + "?version=" + version)
                .hasNonNull("patient");
    }

    private static StudyGenerator newStudy() {
        return new StudyGenerator(UUID.randomUUID().toString());
    }

    private static DataSet radiograph(StudyGenerator study, int sample, int number) {
        List<Sample> samples = SyntheticRadiograph.SAMPLES;
        return study.radiograph(Source.RADIOGRAPHS, samples.get(sample % samples.size()), number, 512, 420);
    }

    /** Read once. */
    private static final class Source {
        static final SyntheticRadiograph RADIOGRAPHS = SyntheticRadiograph.load();
    }
}
