package io.prelim.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.chaos.send.Answer;
import io.prelim.chaos.send.Committer.Commitment;
import io.prelim.chaos.send.Parcel;
import io.prelim.events.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A run in which all is well, and each way in which it would not be. */
class CheckerTest {
    private static final Answer STORED = new Answer.Stored();
    private static final Answer REFUSED = new Answer.Refused(0xC002);

    /** The evidence of a run, to be spoilt. One study of two images and two revisions, one of a report alone. */
    private static final class Case {
        final List<Evidence.Sent> sent = new ArrayList<>(List.of(
                sent(1, Parcel.Kind.OBJECT, "image.1", "a", STORED),
                sent(2, Parcel.Kind.DUPLICATE, "image.1", "a", STORED),
                sent(3, Parcel.Kind.CHANGED_HEADER, "image.1", "b", STORED),
                sent(4, Parcel.Kind.OTHER_PIXELS, "image.1", "c", REFUSED),
                sent(5, Parcel.Kind.TRUNCATED, "image.9", "d", REFUSED),
                sent(6, Parcel.Kind.OBJECT, "image.2", "e", STORED),
                new Evidence.Sent(7, Parcel.Kind.OBJECT, "study.2", "text.1", "f", false, STORED)));
        final List<Evidence.Kept> kept = new ArrayList<>(List.of(
                new Evidence.Kept("study.1", "image.1", 1, "a"),
                new Evidence.Kept("study.1", "image.1", 2, "b"),
                new Evidence.Kept("study.1", "image.2", 1, "e"),
                new Evidence.Kept("study.2", "text.1", 1, "f")));
        final List<Evidence.Study> studies = new ArrayList<>(
                List.of(new Evidence.Study("study.1", 2, false), new Evidence.Study("study.2", 0, true)));
        final List<Evidence.Told> told =
                new ArrayList<>(List.of(new Evidence.Told("study.1", 1), new Evidence.Told("study.1", 2)));
        final List<Evidence.Outbox> outbox = new ArrayList<>(List.of(
                row(1, Topics.STUDY_RECEIVED),
                row(1, Topics.PATIENT_CONTEXT),
                row(2, Topics.STUDY_RECEIVED),
                row(2, Topics.PATIENT_CONTEXT)));
        final List<Evidence.Report> reports =
                new ArrayList<>(List.of(new Evidence.Report("study.1", "report.1", 3, 2, true)));
        final List<Evidence.Version> versions = new ArrayList<>(List.of(
                new Evidence.Version("report.1", 1, 1, 1, "v1", false),
                new Evidence.Version("report.1", 2, 2, 1, "v2", true),
                new Evidence.Version("report.1", 3, 3, 2, "v3", true)));
        final List<Long> positions = new ArrayList<>(List.of(1L, 2L, 3L));
        final List<Evidence.Delivery> deliveries = new ArrayList<>(List.of(
                new Evidence.Delivery("event.1", "report.1", 1, "x"),
                new Evidence.Delivery("event.2", "report.1", 2, "y"),
                new Evidence.Delivery("event.1", "report.1", 1, "x"),
                new Evidence.Delivery("event.3", "report.1", 3, "z")));
        final List<Long> stream = new ArrayList<>(List.of(1L, 2L, 3L));
        final List<Commitment> commitments = new ArrayList<>(List.of(new Commitment(
                List.of("image.1", "image.2"), "never", List.of("image.1", "image.2"), List.of("never"), 1)));
        Evidence.Leftovers leftovers = new Evidence.Leftovers(0, 0, 0, 0, 0);
        final List<Evidence.Footprint> atLast = new ArrayList<>(List.of(new Evidence.Footprint("ingest", 50, 90, 60)));
        final List<String> canaries = new ArrayList<>();

        static Evidence.Sent sent(int id, Parcel.Kind kind, String uid, String digest, Answer answer) {
            return new Evidence.Sent(id, kind, "study.1", uid, digest, true, answer);
        }

        static Evidence.Outbox row(int revision, String topic) {
            return new Evidence.Outbox("study.1", revision, topic, true, null);
        }

        Evidence evidence() {
            return new Evidence(
                    sent,
                    kept,
                    studies,
                    told,
                    outbox,
                    reports,
                    versions,
                    positions,
                    deliveries,
                    stream,
                    commitments,
                    leftovers,
                    List.of(new Evidence.Footprint("ingest", 40, 80, 40)),
                    atLast,
                    canaries);
        }
    }

    private static List<Invariant> broken(Consumer<Case> spoilt) {
        Case one = new Case();
        spoilt.accept(one);
        return Checker.check(one.evidence()).stream()
                .map(Violation::invariant)
                .distinct()
                .toList();
    }

    @Test
    void nothingIsFoundWhereAllIsWell() {
        assertThat(Checker.check(new Case().evidence())).isEmpty();
    }

    @Test
    void lostObjectIsFound() {
        assertThat(broken(one -> {
                    one.kept.remove(2);
                    one.commitments.clear();
                }))
                .containsExactly(Invariant.STORED_ONCE);
    }

    @Test
    void objectOfOtherBytesIsFound() {
        assertThat(broken(one -> one.kept.set(2, new Evidence.Kept("study.1", "image.2", 1, "torn"))))
                .containsExactly(Invariant.STORED_ONCE, Invariant.NOTHING_REFUSED_VISIBLE, Invariant.COMMITMENT);
    }

    @Test
    void objectStoredTwiceIsFound() {
        assertThat(broken(one -> one.kept.add(new Evidence.Kept("study.1", "image.2", 1, "e"))))
                .contains(Invariant.STORED_ONCE);
    }

    @Test
    void objectInAnotherStudyIsFound() {
        assertThat(broken(one -> one.kept.set(2, new Evidence.Kept("study.2", "image.2", 1, "e"))))
                .containsExactly(Invariant.STORED_ONCE);
    }

    @Test
    void refusedObjectThatIsVisibleIsFound() {
        assertThat(broken(one -> one.kept.add(new Evidence.Kept("study.1", "image.9", 1, "d"))))
                .containsExactly(Invariant.NOTHING_REFUSED_VISIBLE);
    }

    @Test
    void objectOfUnknownFateMayBeThereOrNot() {
        Consumer<Case> unknown = one -> {
            one.sent.set(5, Case.sent(6, Parcel.Kind.OBJECT, "image.2", "e", new Answer.Unknown("no answer")));
            // commitment is asked for what was answered with success
            one.commitments.clear();
        };

        assertThat(broken(unknown)).containsExactly(Invariant.ANSWERED_RIGHT);
        assertThat(broken(unknown.andThen(one -> one.kept.remove(2)))).containsExactly(Invariant.ANSWERED_RIGHT);
    }

    @Test
    void wrongAnswersAreFound() {
        assertThat(broken(one -> one.sent.set(3, Case.sent(4, Parcel.Kind.OTHER_PIXELS, "image.1", "a", STORED))))
                .containsExactly(Invariant.ANSWERED_RIGHT);
        assertThat(broken(one -> one.sent.set(1, Case.sent(2, Parcel.Kind.DUPLICATE, "image.1", "a", REFUSED))))
                .containsExactly(Invariant.ANSWERED_RIGHT);
    }

    @Test
    void studyWithoutACurrentReportIsFound() {
        assertThat(broken(one -> one.reports.clear())).contains(Invariant.STUDY_ENDS);
        assertThat(broken(one -> one.reports.set(0, new Evidence.Report("study.1", "report.1", 3, 1, true))))
                .containsExactly(Invariant.STUDY_ENDS);
        assertThat(broken(one -> one.reports.set(0, new Evidence.Report("study.1", "report.1", 3, 2, false))))
                .containsExactly(Invariant.STUDY_ENDS);
        assertThat(broken(one -> one.reports.add(new Evidence.Report("study.1", "report.2", 1, 2, true))))
                .containsExactly(Invariant.STUDY_ENDS);
        assertThat(broken(one -> one.studies.remove(0))).contains(Invariant.STUDY_ENDS);
    }

    @Test
    void studyWithoutImagesMustSaySo() {
        assertThat(broken(one -> one.studies.set(1, new Evidence.Study("study.2", 0, false))))
                .containsExactly(Invariant.STUDY_ENDS);
    }

    @Test
    void gapInRevisionsIsFound() {
        assertThat(broken(one -> one.told.remove(0))).containsExactly(Invariant.REVISIONS);
        assertThat(broken(one -> one.told.add(new Evidence.Told("study.1", 2)))).contains(Invariant.REVISIONS);
    }

    @Test
    void gapInVersionsIsFound() {
        assertThat(broken(one -> one.versions.remove(1))).containsExactly(Invariant.VERSIONS);
    }

    @Test
    void versionThatGoesBackIsFound() {
        assertThat(broken(one -> one.versions.set(2, new Evidence.Version("report.1", 3, 3, 0, "v3", true))))
                .containsExactly(Invariant.VERSIONS);
    }

    @Test
    void versionThatSaysNothingNewIsFound() {
        assertThat(broken(one -> one.versions.set(2, new Evidence.Version("report.1", 3, 3, 2, "v2", true))))
                .containsExactly(Invariant.VERSIONS);
    }

    @Test
    void gapInPositionsIsFound() {
        assertThat(broken(one -> {
                    one.positions.set(2, 4L);
                    one.stream.set(2, 4L);
                }))
                .containsExactly(Invariant.VERSIONS);
    }

    @Test
    void outboxRowWithoutEffectIsFound() {
        assertThat(broken(one ->
                        one.outbox.set(0, new Evidence.Outbox("study.1", 1, Topics.STUDY_RECEIVED, false, null))))
                .containsExactly(Invariant.OUTBOX);
        assertThat(broken(one ->
                        one.outbox.set(0, new Evidence.Outbox("study.1", 1, Topics.STUDY_RECEIVED, true, "too large"))))
                .containsExactly(Invariant.OUTBOX);
    }

    @Test
    void outboxRowThatIsMissingOrDoubleIsFound() {
        assertThat(broken(one -> one.outbox.remove(3))).containsExactly(Invariant.OUTBOX);
        assertThat(broken(one -> one.outbox.add(Case.row(2, Topics.PATIENT_CONTEXT))))
                .containsExactly(Invariant.OUTBOX);
    }

    @Test
    void duplicateThatIsNotTheSameIsFound() {
        assertThat(broken(one -> one.deliveries.set(2, new Evidence.Delivery("event.1", "report.1", 1, "other"))))
                .containsExactly(Invariant.SUBSCRIBERS);
        assertThat(broken(one -> one.deliveries.set(2, new Evidence.Delivery("event.1", "report.2", 1, "x"))))
                .containsExactly(Invariant.SUBSCRIBERS);
    }

    @Test
    void subscriberThatGoesBackIsFound() {
        assertThat(broken(one -> one.deliveries.add(0, new Evidence.Delivery("event.3", "report.1", 3, "z"))))
                .containsExactly(Invariant.SUBSCRIBERS);
        assertThat(broken(one -> one.stream.add(2L))).containsExactly(Invariant.SUBSCRIBERS);
        assertThat(broken(one -> one.stream.remove(1))).containsExactly(Invariant.SUBSCRIBERS);
    }

    @Test
    void whatIsLeftOverIsFound() {
        assertThat(broken(one -> one.leftovers = new Evidence.Leftovers(1, 0, 0, 0, 0)))
                .containsExactly(Invariant.NOTHING_STUCK);
        assertThat(broken(one -> one.leftovers = new Evidence.Leftovers(0, 1, 0, 0, 0)))
                .containsExactly(Invariant.NOTHING_STUCK);
        assertThat(broken(one -> one.leftovers = new Evidence.Leftovers(0, 0, 1, 0, 0)))
                .containsExactly(Invariant.NOTHING_STUCK);
        assertThat(broken(one -> one.leftovers = new Evidence.Leftovers(0, 0, 0, 1, 0)))
                .containsExactly(Invariant.NOTHING_STUCK);
    }

    @Test
    void whatIsNeverGivenBackIsFound() {
        assertThat(broken(one -> one.leftovers = new Evidence.Leftovers(0, 0, 0, 0, 1)))
                .containsExactly(Invariant.NOTHING_LEAKED);
        assertThat(broken(one -> one.atLast.set(0, new Evidence.Footprint("ingest", 240, 90, 60))))
                .containsExactly(Invariant.NOTHING_LEAKED);
        assertThat(broken(one -> one.atLast.set(0, new Evidence.Footprint("ingest", 50, 900, 60))))
                .containsExactly(Invariant.NOTHING_LEAKED);
        assertThat(broken(one -> one.atLast.set(0, new Evidence.Footprint("ingest", 50, 90, 160))))
                .containsExactly(Invariant.NOTHING_LEAKED);
    }

    @Test
    void patientThatCanBeRecognisedIsFound() {
        assertThat(broken(one -> one.canaries.add("logs/ingest.log: a line"))).containsExactly(Invariant.NO_CANARY);
    }

    @Test
    void commitmentToWhatNeverCameIsFound() {
        assertThat(broken(one -> one.commitments.set(
                        0, new Commitment(List.of("image.1"), "never", List.of("image.1", "never"), List.of(), 1))))
                .containsExactly(Invariant.COMMITMENT);
    }

    @Test
    void commitmentToWhatIsLostIsFound() {
        assertThat(broken(one -> one.kept.remove(2))).containsExactly(Invariant.STORED_ONCE, Invariant.COMMITMENT);
    }

    @Test
    void commitmentRefusedForWhatIsStoredIsFound() {
        assertThat(broken(one -> one.commitments.set(
                        0, new Commitment(List.of("image.1"), "never", List.of(), List.of("image.1", "never"), 2))))
                .containsExactly(Invariant.COMMITMENT);
    }

    @Test
    void commitmentThatIsNeverToldIsFound() {
        assertThat(broken(one ->
                        one.commitments.set(0, new Commitment(List.of("image.1"), "never", List.of(), List.of(), 0))))
                .containsExactly(Invariant.COMMITMENT);
    }
}
