package io.prelim.local.progress;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Follows studies from their last image to their draft. For one thread. */
public final class Follower {
    private final PrelimApi api;
    private final Board board;
    private final List<Followed> studies = new ArrayList<>();
    private long lastProgress = System.nanoTime();

    public Follower(PrelimApi api, Board board) {
        this.api = api;
        this.board = board;
    }

    /** Where a study stands at the end. */
    public record Outcome(int number, String studyInstanceUid, StudyState state) {}

    /** A study that has been sent. */
    public void add(int number, String studyInstanceUid) {
        studies.add(new Followed(number, studyInstanceUid));
        lastProgress = System.nanoTime();
    }

    /** Asks once for each study that is still on its way, and shows its steps. Returns whether all have come to an end. */
    public boolean poll() throws IOException, InterruptedException {
        boolean all = true;
        for (Followed study : studies) {
            if (!study.state.stage().last()) {
                update(study);
            }
            all &= study.state.stage().last();
        }
        return all;
    }

    /** How long no study has taken a step. */
    public Duration idle() {
        return Duration.ofNanos(System.nanoTime() - lastProgress);
    }

    public List<Outcome> outcomes() {
        return studies.stream()
                .map(study -> new Outcome(study.number, study.uid, study.state))
                .toList();
    }

    private void update(Followed study) throws IOException, InterruptedException {
        study.state = api.study(study.uid);
        for (StudyState.Entry entry : study.state.entries()) {
            if (study.shown.add(entry.stage())) {
                lastProgress = System.nanoTime();
                board.step(study.number, entry.stage().words(), Duration.between(study.sent, entry.at()));
            }
        }
    }

    private static final class Followed {
        final int number;
        final String uid;
        final Instant sent = Instant.now();
        final Set<Stage> shown = EnumSet.noneOf(Stage.class);
        StudyState state = StudyState.UNSEEN;

        Followed(int number, String uid) {
            this.number = number;
            this.uid = uid;
        }
    }
}
