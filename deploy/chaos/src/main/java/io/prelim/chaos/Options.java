package io.prelim.chaos;

import io.prelim.chaos.plant.Plant;
import io.prelim.local.stack.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the command line asks for.
 *
 * @param length from the first fault to the last; starting, draining and checking come on top
 * @param rounds at most so many
 * @param only labels of faults; others are left out; empty: all
 * @param plants bugs to be planted
 * @param brokerAway seconds the broker is gone before the first round; 0: it is not
 * @param keep whether data and logs stay, whatever the outcome
 */
public record Options(
        boolean help,
        Duration length,
        long seed,
        int rounds,
        List<String> only,
        List<Plant> plants,
        int brokerAway,
        boolean keep) {
    private static final int LONGEST_MINUTES = 24 * 60;
    private static final int LONGEST_AWAY_SECONDS = 3_600;

    public Options {
        only = List.copyOf(only);
        plants = List.copyOf(plants);
    }

    /** A run of that length with every fault and no planted bug. */
    public static Options of(Duration length, long seed) {
        return new Options(false, length, seed, Integer.MAX_VALUE, List.of(), List.of(), 0, false);
    }

    /** The same with at most so many rounds. */
    public Options withRounds(int value) {
        return new Options(help, length, seed, value, only, plants, brokerAway, keep);
    }

    /** The same with a planted bug, and faults of these labels alone. */
    public Options with(Plant plant, List<String> faults) {
        return new Options(help, length, seed, rounds, faults, List.of(plant), brokerAway, keep);
    }

    /**
     * @param randomSeed taken when none is given
     * @throws Refusal for what is not understood
     */
    static Options parse(long randomSeed, String... args) throws Refusal {
        boolean help = false;
        boolean keep = false;
        long minutes = 5;
        long seed = randomSeed;
        int rounds = Integer.MAX_VALUE;
        List<String> only = new ArrayList<>();
        List<Plant> plants = new ArrayList<>();
        int brokerAway = 0;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--help", "-h" -> help = true;
                case "--keep" -> keep = true;
                case "--minutes" -> minutes = number(args, ++i, 1, LONGEST_MINUTES);
                case "--seed" -> seed = number(args, ++i, 0, Integer.MAX_VALUE);
                case "--rounds" -> rounds = (int) number(args, ++i, 0, Integer.MAX_VALUE);
                case "--only" -> only.addAll(Arrays.asList(value(args, ++i).split(",", -1)));
                case "--broker-away" -> brokerAway = (int) number(args, ++i, 1, LONGEST_AWAY_SECONDS);
                case "--plant" -> plants.add(plant(value(args, ++i)));
                default -> throw new Refusal("unknown option " + args[i] + "; --help lists what there is");
            }
        }
        return new Options(help, Duration.ofMinutes(minutes), seed, rounds, only, plants, brokerAway, keep);
    }

    private static Plant plant(String label) throws Refusal {
        return Plant.of(label)
                .orElseThrow(() -> new Refusal("there is no planted bug " + label + "; there are "
                        + Arrays.stream(Plant.values()).map(Plant::label).collect(Collectors.joining(", "))));
    }

    private static String value(String[] args, int at) throws Refusal {
        if (at == args.length) {
            throw new Refusal(args[at - 1] + " needs a value");
        }
        return args[at];
    }

    private static long number(String[] args, int at, long least, long most) throws Refusal {
        String text = value(args, at);
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new Refusal(args[at - 1] + " must be a number from " + least + " to " + most + ", not \"" + text + "\"");
    }
}
