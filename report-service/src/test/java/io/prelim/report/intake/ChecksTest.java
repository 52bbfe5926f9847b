package io.prelim.report.intake;

import static io.prelim.report.Studies.FAR;
import static io.prelim.report.Studies.active;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.prelim.events.AnalysisPlanned;
import io.prelim.events.EventJson;
import io.prelim.events.StudyAnalyzed;
import io.prelim.report.Studies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChecksTest {
    private final Studies study = Studies.study("1.2.3");

    @Test
    void soundEventsPass() {
        assertThat(Checks.studyReceived(study.received())).isNull();
        assertThat(Checks.patientContext(study.context())).isNull();
        assertThat(Checks.analysisPlanned(study.plan(FAR, active("chest")))).isNull();
        assertThat(Checks.studyAnalyzed(study.found(active("chest"), 0.5))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "/studyKey, null, studyKey",
        "/studyInstanceUid, '\"1.2\\nx\"', studyInstanceUid",
        "/revision, 0, revision",
        "/outcomeId, null, outcomeId",
        "/status, null, status",
        "/model, null, model",
        "/findings/0/findingId, null, id",
        "/findings/0/presence, null, presence",
        "/findings/0/probability, 1.01, probability",
        "/findings/0/probability, '\"NaN\"', probability",
        "/findings/0/threshold, -1, threshold",
        "/findings/0/measurements, '[{\"value\": 1, \"unit\": \"mL\"}]', measurement",
        "/findings/0/images, [], image"
    })
    void answerADraftCannotRestOnIsRefused(String pointer, String json, String problem) throws Exception {
        StudyAnalyzed event = changed(study.found(active("chest"), 0.5), pointer, json, StudyAnalyzed.class);

        assertThat(Checks.studyAnalyzed(event)).contains(problem);
    }

    @ParameterizedTest
    @CsvSource({
        "/planId, null, planId",
        "/priority, null, priority",
        "/planned/0/outcomeId, null, id",
        "/planned/0/deadline, null, deadline",
        "/planned/0/model, null, model"
    })
    void planWithoutWhatIsAwaitedIsRefused(String pointer, String json, String problem) throws Exception {
        AnalysisPlanned event = changed(study.plan(FAR, active("chest")), pointer, json, AnalysisPlanned.class);

        assertThat(Checks.analysisPlanned(event)).contains(problem);
    }

    @Test
    void answerPlannedTwiceIsRefused() {
        assertThat(Checks.analysisPlanned(study.plan(FAR, active("chest"), active("chest"))))
                .contains("twice");
    }

    private static <T> T changed(Object event, String pointer, String json, Class<T> type) throws Exception {
        JsonNode tree = EventJson.mapper().valueToTree(event);
        int slash = pointer.lastIndexOf('/');
        ((ObjectNode) tree.at(pointer.substring(0, slash)))
                .set(pointer.substring(slash + 1), EventJson.mapper().readTree(json));
        return EventJson.mapper().treeToValue(tree, type);
    }
}
