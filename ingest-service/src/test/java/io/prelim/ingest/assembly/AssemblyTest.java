package io.prelim.ingest.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.events.PartClass;
import io.prelim.events.PartReference;
import io.prelim.events.SeriesSummary;
import io.prelim.events.StudyManifest;
import io.prelim.events.StudyReceived;
import io.prelim.ingest.assembly.AssemblyDecision.NewRevision;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AssemblyTest {
    private static final UUID KEY = new UUID(1, 2);

    @Test
    void aStudyWithImagesGetsItsFirstRevision() {
        NewRevision first =
                (NewRevision) Assembly.decide(study(0, null, image("1.1", "1", 1, "a"), image("1.2", "1", 2, "b")));

        assertThat(first.revision()).isEqualTo(1);
        assertThat(first.inputDigest()).matches("sha256:[0-9a-f]{64}");
        assertThat(first.manifest().images())
                .extracting(StudyManifest.Image::sopInstanceUid)
                .containsExactly("1.1", "1.2");
        assertThat(first.manifest().images()).allMatch(image -> image.pixels() != null);
        assertThat(first.series())
                .containsExactly(new SeriesSummary("1", "DX", "CHEST", "PA", null, 2, false, first.inputDigest()));
    }

    @Test
    void orderOfArrivalChangesNothing() {
        List<StoredImage> images = new java.util.ArrayList<>(
                List.of(image("1.1", "1", 2, "a"), image("1.2", "1", 1, "b"), image("1.3", "0", null, "c")));
        AssemblyDecision one = Assembly.decide(study(0, null, images.toArray(StoredImage[]::new)));
        Collections.reverse(images);

        AssemblyDecision other = Assembly.decide(study(0, null, images.toArray(StoredImage[]::new)));

        assertThat(other).isEqualTo(one);
        assertThat(((NewRevision) one).manifest().images())
                .extracting(StudyManifest.Image::sopInstanceUid)
                .containsExactly("1.3", "1.2", "1.1");
    }

    @Test
    void theSameImagesMakeNoRevision() {
        NewRevision first = (NewRevision) Assembly.decide(study(0, null, image("1.1", "1", 1, "a")));

        AssemblyDecision again = Assembly.decide(study(1, first.inputDigest(), image("1.1", "1", 1, "a")));

        assertThat(again).isInstanceOf(AssemblyDecision.Unchanged.class);
    }

    @Test
    void aLateImageMakesTheNextRevision() {
        NewRevision first = (NewRevision) Assembly.decide(study(0, null, image("1.1", "1", 1, "a")));

        NewRevision second = (NewRevision)
                Assembly.decide(study(1, first.inputDigest(), image("1.1", "1", 1, "a"), image("1.2", "1", 2, "b")));

        assertThat(second.revision()).isEqualTo(2);
        assertThat(second.manifest().revision()).isEqualTo(2);
        assertThat(second.inputDigest()).isNotEqualTo(first.inputDigest());
    }

    @Test
    void otherPixelsAreAnotherInput() {
        String one = digest(image("1.1", "1", 1, "a"));

        assertThat(digest(image("1.1", "1", 1, "b"))).isNotEqualTo(one);
        assertThat(digest(new StoredImage(image("1.1", "1", 1, "a").attributes(), null)))
                .isNotEqualTo(one);
    }

    @Test
    void withoutImagesThereIsNothingToAnalyse() {
        assertThat(Assembly.decide(study(0, null))).isInstanceOf(AssemblyDecision.NoImages.class);
    }

    @Test
    void aStudyThatLosesItsImagesIsWithdrawnOnce() {
        NewRevision first = (NewRevision) Assembly.decide(study(0, null, image("1.1", "1", 1, "a")));

        NewRevision none = (NewRevision) Assembly.decide(study(1, first.inputDigest()));

        assertThat(first.withdrawn()).isFalse();
        assertThat(none.withdrawn()).isTrue();
        assertThat(none.revision()).isEqualTo(2);
        assertThat(none.series()).isEmpty();
        assertThat(Assembly.decide(study(2, none.inputDigest()))).isInstanceOf(AssemblyDecision.Unchanged.class);
    }

    @Test
    void oneBurnedInImageMarksItsSeries() {
        NewRevision decision = (NewRevision) Assembly.decide(
                study(0, null, image("1.1", "1", 1, "a"), image("1.2", "1", 2, "b", true), image("2.1", "2", 1, "c")));

        assertThat(decision.series()).extracting(SeriesSummary::burnedIn).containsExactly(true, false);
        assertThat(decision.series().get(0).inputDigest()).isNull();
    }

    @Test
    void aLateImageOfAnotherKindLeavesTheDigestOfTheFirst() {
        StoredImage frontal = image("1.1", "1", 1, "a");

        List<SeriesSummary> before = revision(frontal).series();
        List<SeriesSummary> after = revision(frontal, view("1.2", "1", "b", "LATERAL"), image("2.1", "2", 1, "c"))
                .series();

        assertThat(after).hasSize(3).contains(before.get(0));
        assertThat(after)
                .extracting(SeriesSummary::inputDigest)
                .doesNotHaveDuplicates()
                .doesNotContainNull();
        assertThat(after).extracting(SeriesSummary::viewPosition).containsExactly("LATERAL", "PA", "PA");
    }

    @Test
    void moreKindsThanAnEventNamesAreToldBySeries() {
        StoredImage[] images = IntStream.rangeClosed(0, StudyReceived.MAX_SERIES)
                .mapToObj(i -> view("1." + i, "1", "a", "VIEW" + i))
                .toArray(StoredImage[]::new);

        assertThat(revision(images).series())
                .containsExactly(
                        new SeriesSummary("1", "DX", "CHEST", null, null, StudyReceived.MAX_SERIES + 1, false, null));
    }

    private static NewRevision revision(StoredImage... images) {
        return (NewRevision) Assembly.decide(study(0, null, images));
    }

    private static String digest(StoredImage image) {
        return Assembly.inputDigest(List.of(image.withPixels()));
    }

    private static DueStudy study(int revision, String digest, StoredImage... images) {
        return new DueStudy(KEY, "1.2.3", revision, digest, List.of(images));
    }

    private static StoredImage image(String uid, String series, Integer number, String pixels) {
        return image(uid, series, number, pixels, false);
    }

    private static StoredImage image(String uid, String series, Integer number, String pixels, boolean burnedIn) {
        return image(uid, series, number, pixels, burnedIn, "PA");
    }

    private static StoredImage view(String uid, String series, String pixels, String view) {
        return image(uid, series, 1, pixels, false, view);
    }

    private static StoredImage image(
            String uid, String series, Integer number, String pixels, boolean burnedIn, String view) {
        StudyManifest.Image attributes = new StudyManifest.Image(
                uid,
                "1.2",
                series,
                "1.2.840.10008.1.2.1",
                number,
                "DX",
                "CHEST",
                view,
                null,
                null,
                burnedIn,
                64,
                64,
                1,
                1,
                0,
                "MONOCHROME2",
                8,
                8,
                7,
                0,
                null,
                null,
                1,
                0,
                null,
                null,
                null,
                null);
        String digest = "sha256:" + pixels.repeat(64);
        return new StoredImage(
                attributes, new PartReference(new UUID(3, uid.hashCode()), PartClass.PIXELS, 10, digest));
    }
}
