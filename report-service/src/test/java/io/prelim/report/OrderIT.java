package io.prelim.report;

import static io.prelim.report.ServiceUnderTest.texts;
import static io.prelim.report.Studies.FAR;
import static io.prelim.report.Studies.active;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prelim.events.AnalysisPlanned;
import io.prelim.events.Event;
import io.prelim.events.ModelReference;
import io.prelim.events.PatientContext;
import io.prelim.events.StudyAnalyzed;
import io.prelim.events.StudyReceived;
import io.prelim.report.desk.DraftingDesk;
import io.prelim.testkit.quarkus.BrokerAndDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Facts come in any order: what is said in the end does not depend on it. */
@QuarkusTest
@QuarkusTestResource(BrokerAndDatabase.class)
class OrderIT {
    private static final ModelReference CHEST = active("chest");
    private static final ModelReference BONE = active("bone");

    private static final String DIFFERING = "Models differ on pneumonia: Model bone 1.0.0: no clear sign of pneumonia;"
            + " Model chest 1.0.0: probable pneumonia.";

    private final ServiceUnderTest service = new ServiceUnderTest();

    @Inject
    DraftingDesk desk;

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void everyOrderOfFactsGivesTheSameDraft() {
        List<List<Integer>> orders = permutations(List.of(1, 2, 3, 4));
        Set<List<String>> drafts = new HashSet<>();
        for (int i = 0; i < orders.size(); i++) {
            List<Integer> order = new ArrayList<>(orders.get(i));
            // the images come at every place in turn: all 120 orders would take half a minute
            order.add(i % 5, 0);
            Studies study = Studies.fresh();
            List<Runnable> facts = facts(study);
            order.forEach(index -> facts.get(index).run());
            drafts.add(said(service.report(study.reportKey())));
        }

        assertThat(orders).hasSize(24);
        assertThat(drafts).hasSize(1);
        assertThat(drafts.iterator().next()).contains("Chest PA and lateral", DIFFERING, "true");
    }

    @Test
    void everyOrderOfRecordsGivesTheSameDraft() {
        Random random = new Random(7);
        Set<List<String>> drafts = new HashSet<>();
        for (int round = 0; round < 4; round++) {
            Studies study = Studies.fresh();
            List<Event> events = new ArrayList<>(List.of(
                    study.received(),
                    study.context(),
                    study.plan(FAR, CHEST, BONE),
                    study.found(CHEST, 0.83),
                    study.found(CHEST, 0.83),
                    study.found(BONE, 0.12)));
            Collections.shuffle(events, random);
            events.forEach(service::send);
            await().untilAsserted(() -> {
                JsonPath report = service.settled(study);
                assertThat(report.getString("patient.id")).isEqualTo(Studies.ID);
                assertThat(texts(report, "TECHNIQUE")).isNotEmpty();
            });
            drafts.add(said(service.settled(study)));
        }

        assertThat(drafts).hasSize(1);
    }

    @Test
    void aWithdrawnStudyRetractsItsReportWhicheverFactIsFirst() {
        for (boolean planFirst : List.of(true, false)) {
            Studies study = Studies.fresh();
            facts(study).forEach(Runnable::run);
            JsonPath before = service.report(study.reportKey());
            assertThat(before.getString("status")).isEqualTo("DRAFT");
            assertThat(said(before)).contains(DIFFERING);
            Studies withdrawn = study.revised();
            List<Runnable> last = new ArrayList<>(List.of(
                    fact(withdrawn.withdrawn(), (StudyReceived each) -> desk.accept(each)),
                    fact(withdrawn.plan(List.of(), List.of()), (AnalysisPlanned each) -> desk.accept(each))));
            if (planFirst) {
                Collections.reverse(last);
            }

            last.forEach(Runnable::run);

            JsonPath report = service.report(study.reportKey());
            assertThat(report.getString("status")).isEqualTo("RETRACTED");
            assertThat(report.getBoolean("settled")).isTrue();
            assertThat(said(report)).doesNotContain(DIFFERING);
            Studies again = withdrawn.revised();
            facts(again).forEach(Runnable::run);
            assertThat(service.report(study.reportKey()).getString("status")).isEqualTo("DRAFT");
        }
    }

    private List<Runnable> facts(Studies study) {
        return List.of(
                fact(study.received(), (StudyReceived each) -> desk.accept(each)),
                fact(study.context(), (PatientContext each) -> desk.accept(each)),
                fact(study.plan(FAR, CHEST, BONE), (AnalysisPlanned each) -> desk.accept(each)),
                fact(study.found(CHEST, 0.83), (StudyAnalyzed each) -> desk.accept(each)),
                fact(study.found(BONE, 0.12), (StudyAnalyzed each) -> desk.accept(each)));
    }

    private static <T extends Event> Runnable fact(T event, Consumer<T> accept) {
        return () -> accept.accept(event);
    }

    private static List<String> said(JsonPath report) {
        List<String> said = new ArrayList<>();
        for (String section :
                List.of("EXAMINATION", "INDICATION", "TECHNIQUE", "COMPARISON", "FINDINGS", "IMPRESSION")) {
            said.addAll(texts(report, section));
        }
        said.add(report.getString("patient.name"));
        said.add(report.getString("settled"));
        return said;
    }

    private static List<List<Integer>> permutations(List<Integer> of) {
        if (of.isEmpty()) {
            return List.of(List.of());
        }
        List<List<Integer>> all = new ArrayList<>();
        for (Integer first : of) {
            List<Integer> rest = new ArrayList<>(of);
            rest.remove(first);
            for (List<Integer> tail : permutations(rest)) {
                List<Integer> order = new ArrayList<>(List.of(first));
                order.addAll(tail);
                all.add(order);
            }
        }
        return all;
    }
}
