package io.prelim.local.progress;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

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
        StudyState state = api.study(study.uid);
        boolean step = state.stage() != study.state.stage();
        study.state = state;
        if (step) {
            lastProgress = System.nanoTime();
            board.step(study.number, state.stage().words(), Duration.ofNanos(lastProgress - study.sent));
        }
    }

    private static final class Followed {
        final int number;
        final String uid;
        final long sent = System.nanoTime();
        StudyState state = StudyState.UNSEEN;

        Followed(int number, String uid) {
            this.number = number;
            this.uid = uid;
        }
    }
}
