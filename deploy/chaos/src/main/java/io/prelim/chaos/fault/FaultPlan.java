package io.prelim.chaos.fault;

import io.prelim.chaos.agent.CrashPoint;
import io.prelim.chaos.seed.Seeds;
import io.prelim.events.Topics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Rounds without end, decided by the seed alone: the first rounds of a long run are the rounds of a short one. In eight rounds each
 * crash point of ingest has its turn, the others more often.
 */
public final class FaultPlan {
    /** Rounds in which each of ingest's crash points comes once. */
    public static final int CYCLE = 8;

    private static final int POWER_EVERY = 5;
    private static final int WIPE_EVERY = 9;
    private static final int FILL_EVERY = 11;
    private static final int MOST_PASSES = 12;
    private static final int LONGEST_WAIT_MILLIS = 1500;

    private final long seed;
    private final boolean volume;
    private final List<CrashPoint> ingest;
    private final List<CrashPoint> inference = pointsOf("inference");

    /** @param volume whether there is a volume whose power can be cut; without it those rounds hold other faults */
    public FaultPlan(long seed, boolean volume) {
        this.seed = seed;
        this.volume = volume;
        this.ingest = pointsOf("ingest");
        Collections.shuffle(ingest, new Random(seed));
    }

    private static List<CrashPoint> pointsOf(String service) {
        return new ArrayList<>(Arrays.stream(CrashPoint.values())
                .filter(point -> point.service().equals(service))
                .toList());
    }

    /** @param number from 0 */
    public Round round(int number) {
        Random random = Seeds.random(seed, number);
        if (volume && number % POWER_EVERY == POWER_EVERY - 1) {
            return new Round(number, List.of(new Fault.PowerCut(random.nextInt(3) == 0)));
        }
        List<Fault> faults = new ArrayList<>();
        faults.add(new Fault.Poison(
                List.of(Topics.STUDY_RECEIVED, Topics.ANALYSIS_PLANNED, Topics.STUDY_ANALYZED, Topics.REPORT_CHANGED)
                        .get(random.nextInt(4)),
                random.nextInt(4)));
        if (volume && number % FILL_EVERY == FILL_EVERY - 1) {
            faults.add(new Fault.FillDisk(2 + random.nextInt(3)));
            return new Round(number, faults);
        }
        if (number % WIPE_EVERY == WIPE_EVERY - 1) {
            faults.add(new Fault.WipeBroker());
            return new Round(number, faults);
        }
        faults.add(
                random.nextInt(5) == 0
                        ? kill(Target.INGEST, random)
                        : crash(ingest.get(number % ingest.size()), random));
        faults.add(
                random.nextInt(4) == 0
                        ? kill(Target.INFERENCE, random)
                        : crash(inference.get(number % inference.size()), random));
        faults.add(random.nextInt(4) == 0 ? kill(Target.REPORT, random) : crash(CrashPoint.AFTER_DRAFT_COMMIT, random));
        if (random.nextInt(4) == 0) {
            faults.add(kill(random.nextBoolean() ? Target.BROKER : Target.DATABASE, random));
        }
        return new Round(number, faults);
    }

    private static Fault kill(Target target, Random random) {
        return new Fault.Kill(target, random.nextInt(LONGEST_WAIT_MILLIS));
    }

    private static Fault crash(CrashPoint point, Random random) {
        boolean rare = point == CrashPoint.DEBOUNCE_FIRED || !point.service().equals("ingest");
        return new Fault.Crash(point, 1 + random.nextInt(rare ? 3 : MOST_PASSES));
    }
}
