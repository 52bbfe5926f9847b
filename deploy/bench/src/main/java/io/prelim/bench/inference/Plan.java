package io.prelim.bench.inference;

import static io.prelim.bench.options.Options.number;

import io.prelim.bench.options.Options;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What is to be measured.
 *
 * @param model   folder of a model package
 * @param side    rows and columns of a radiograph
 * @param studies of one image each in a round, for each thread
 * @param threads each with a session of its own
 * @param evidence whether findings that are present are explained
 * @param csv     where the rows go, beside the terminal; null for nowhere
 */
record Plan(Path model, int side, int studies, int threads, int rounds, int warmUp, boolean evidence, Path csv) {
    static final String HELP = """
            Measures what a study costs beside the run of its model: in turn a bare loop of ONNX Runtime in this process (the tensor being
            ready), Prelim's analysis one study after the other (part fetched from memory, pixels prepared, the run in a process of its own, findings
            made of its outputs), and the same as the service does it, where a thread more than sessions prepares the next study meanwhile. Session
            options, threads and batch are the same, round after round, so that what else the machine does falls on all alike.

              deploy/bench/inference [options]

              --model FOLDER    of a model package   (default: the one that ships)
              --side N          rows and columns of a radiograph of 12 bits   (default: 1024)
              --studies N       a thread and round   (default: 200)
              --threads N       each with a session of its own   (default: 1)
              --rounds N        (default: 5)
              --warm-up N       studies a thread before the first round   (default: 1500; Java is warm after about as many)
              --evidence BOOL   whether findings that are present are explained, their maps being counted and thrown away   (default: false)
              --csv FILE        the rows, beside the terminal
              --help

            CPU is that of this process and of the model's processes, in steps of 10 ms. A study prepared ahead waits for a free session, so its p50
            and p99 are more than those of one after the other. For a graph of the size of DenseNet-121 see
            deploy/bench/make-densenet. Only a quiet machine gives a figure to quote.
            """;

    static Plan parse(List<String> arguments, Path shipped) {
        Path model = shipped;
        int side = 1024;
        int studies = 200;
        int threads = 1;
        int rounds = 5;
        int warmUp = 1500;
        boolean evidence = false;
        Path csv = null;
        for (Map.Entry<String, String> option : Options.of(arguments).entrySet()) {
            String value = option.getValue();
            switch (option.getKey()) {
                case "--model" -> model = Path.of(value);
                case "--side" -> side = number(value, 4096);
                case "--studies" -> studies = number(value, 100_000);
                case "--threads" -> threads = number(value, 64);
                case "--rounds" -> rounds = number(value, 100);
                case "--warm-up" -> warmUp = number(value, 100_000);
                case "--evidence" -> evidence = Boolean.parseBoolean(value);
                case "--csv" -> csv = Path.of(value);
                default -> throw Options.unknown(option.getKey());
            }
        }
        return new Plan(model, side, studies, threads, rounds, warmUp, evidence, csv);
    }
}
