package io.prelim.bench.cstore;

import static io.prelim.bench.options.Options.number;

import io.prelim.bench.options.Options;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is to be measured.
 *
 * @param receivers by name, in the order they take turns in
 * @param doors ways of sending
 * @param objectBytes sizes of pixel data
 * @param megabytes sent to each receiver in each run, about
 * @param warmUp megabytes sent before, not measured
 * @param smallObjects objects of 16 KiB sent before those: Java compiles only what runs often
 * @param csv where the rows go, beside the terminal; null for nowhere
 */
record Plan(
        List<String> receivers,
        List<Door> doors,
        List<Integer> objectBytes,
        List<Integer> associations,
        int rounds,
        int megabytes,
        int warmUp,
        int smallObjects,
        Path csv) {
    static final String HELP = """
            Measures C-STORE: every receiver in turn, on a fresh store each time, round after round, so that what else the machine
            does falls on all alike. Each run of Prelim ends with SIGKILL and a look for every object it acknowledged.

              deploy/bench/cstore [options]

              --receivers LIST     of %s   (default: all)
              --doors LIST         of cstore, stow; receivers without STOW-RS are left out there   (default: cstore)
              --sizes LIST         bytes of pixel data, a k or m after the number   (default: 512k,20m)
              --associations LIST  (default: 1,4,16)
              --rounds N           (default: 3)
              --megabytes N        sent in each run, about   (default: 1000)
              --warm-up N          megabytes sent before, not measured   (default: 500)
              --small-objects N    objects of 16 KiB sent before those, for Java to compile what they run   (default: 12000)
              --csv FILE           the rows, beside the terminal
              --help

            DCMTK and Orthanc: Debian's packages dcmtk and orthanc (deploy/peers/install). All listen on loopback.
            """;

    static Plan parse(List<String> arguments, Set<String> known) {
        List<String> receivers = new ArrayList<>(known);
        List<Door> doors = List.of(Door.CSTORE);
        List<Integer> sizes = List.of(512 << 10, 20 << 20);
        List<Integer> associations = List.of(1, 4, 16);
        int rounds = 3;
        int megabytes = 1000;
        int warmUp = 500;
        int smallObjects = 12_000;
        Path csv = null;
        for (Map.Entry<String, String> option : Options.of(arguments).entrySet()) {
            String value = option.getValue();
            switch (option.getKey()) {
                case "--receivers" -> receivers = list(value, known);
                case "--doors" ->
                    doors = Arrays.stream(value.split(",", -1)).map(Plan::door).toList();
                case "--warm-up" -> warmUp = number(value, 20_000);
                case "--small-objects" -> smallObjects = number(value, 1_000_000);
                case "--sizes" ->
                    sizes = Arrays.stream(value.split(",", -1)).map(Plan::size).toList();
                case "--associations" ->
                    associations = Arrays.stream(value.split(",", -1))
                            .map(text -> number(text, 64))
                            .toList();
                case "--rounds" -> rounds = number(value, 100);
                case "--megabytes" -> megabytes = number(value, 20_000);
                case "--csv" -> csv = Path.of(value);
                default -> throw Options.unknown(option.getKey());
            }
        }
        return new Plan(
                List.copyOf(receivers), doors, sizes, associations, rounds, megabytes, warmUp, smallObjects, csv);
    }

    /** Objects of a size in one run: enough of the small ones, a few of the large ones on every association. */
    int objects(int size, int onAssociations) {
        return Math.max(4 * onAssociations, (int) (megabytes * 1_000_000L / size));
    }

    /** Objects of a size before each run. */
    int warmUpObjects(int size, int onAssociations) {
        return Math.max(onAssociations, (int) (warmUp * 1_000_000L / size));
    }

    private static List<String> list(String value, Set<String> known) {
        List<String> names = List.of(value.split(",", -1));
        for (String name : names) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("no receiver " + name + "; there are " + String.join(", ", known));
            }
        }
        return names;
    }

    private static Door door(String text) {
        for (Door door : Door.values()) {
            if (door.name().equalsIgnoreCase(text)) {
                return door;
            }
        }
        throw new IllegalArgumentException("no door " + text + "; there are cstore, stow");
    }

    private static int size(String text) {
        int unit = text.endsWith("k") ? 1 << 10 : text.endsWith("m") ? 1 << 20 : 1;
        return unit * number(unit == 1 ? text : text.substring(0, text.length() - 1), 1_000_000);
    }
}
