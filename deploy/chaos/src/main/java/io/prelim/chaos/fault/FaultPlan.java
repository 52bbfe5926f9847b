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
    private static final int CLOCK_EVERY = 4;
    private static final List<Integer> CLOCK_STEPS = List.of(-15, -2, 0, 3, 20);

    private final long seed;
    private final boolean volume;
    private final boolean clock;
    private final List<CrashPoint> ingest;
    private final List<CrashPoint> inference = pointsOf("inference");

    /**
     * @param volume whether there is a volume whose power can be cut; without it those rounds hold other faults
     * @param clock whether the database's clock can be set
     */
    public FaultPlan(long seed, boolean volume, boolean clock) {
        this.seed = seed;
        this.volume = volume;
        this.clock = clock;
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
        List<Fault> faults = new ArrayList<>(faults(number));
        // by a source of its own, so that all else is the same with it and without
        Random random = Seeds.random(seed, ~number);
        boolean alone = faults.get(0) instanceof Fault.PowerCut;
        if (clock && !alone && random.nextInt(CLOCK_EVERY) == 0) {
            faults.add(new Fault.ClockStep(CLOCK_STEPS.get(random.nextInt(CLOCK_STEPS.size()))));
        }
        return new Round(number, faults);
    }

    private List<Fault> faults(int number) {
        Random random = Seeds.random(seed, number);
        if (volume && number % POWER_EVERY == POWER_EVERY - 1) {
            return List.of(new Fault.PowerCut(random.nextInt(3) == 0));
        }
        List<Fault> faults = new ArrayList<>();
        faults.add(new Fault.Poison(
                List.of(Topics.STUDY_RECEIVED, Topics.ANALYSIS_PLANNED, Topics.STUDY_ANALYZED, Topics.REPORT_CHANGED)
                        .get(random.nextInt(4)),
                random.nextInt(4)));
        if (volume && number % FILL_EVERY == FILL_EVERY - 1) {
            faults.add(new Fault.FillDisk(2 + random.nextInt(3)));
            return faults;
        }
        if (number % WIPE_EVERY == WIPE_EVERY - 1) {
            faults.add(new Fault.WipeBroker());
            return faults;
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
        return faults;
    }

    private static Fault kill(Target target, Random random) {
        return new Fault.Kill(target, random.nextInt(LONGEST_WAIT_MILLIS));
    }

    private static Fault crash(CrashPoint point, Random random) {
        boolean rare = point == CrashPoint.DEBOUNCE_FIRED || !point.service().equals("ingest");
        return new Fault.Crash(point, 1 + random.nextInt(rare ? 3 : MOST_PASSES));
    }
}
