package io.prelim.bench.drafting;

import static io.prelim.bench.options.Options.number;

import io.prelim.bench.options.Options;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What is to be measured.
 *
 * @param studies  answered in each part
 * @param rate     outcomes a second of the paced part
 * @param stored   reports that are there before the second half
 * @param requests to each search
 * @param csv      where the rows go, beside the terminal; null for nowhere
 */
record Plan(int studies, int rate, int warmUp, int stored, int requests, Path csv) {
    static final String HELP = """
            Measures report-service as it is packaged, with a broker and a database of its own on loopback, whose commits are synced: from an outcome
            to the report-changed it makes (one model, each study of another patient), as fast as it goes and at a fixed rate, with no report stored and with
            many; then the worklist, and findings searched and counted, over HTTP.

              deploy/bench/drafting [options]

              --studies N    answered in each part   (default: 3000)
              --rate N       outcomes a second of the paced part   (default: 50)
              --warm-up N    studies before the first part   (default: 2000)
              --stored N     reports of three findings each that are there before the second half   (default: 100000)
              --requests N   to each search   (default: 300)
              --csv FILE     the rows, beside the terminal
              --help

            CPU is report-service's; the database's is not among it. Only a quiet machine gives a figure to quote.
            """;

    static Plan parse(List<String> arguments) {
        int studies = 3000;
        int rate = 50;
        int warmUp = 2000;
        int stored = 100_000;
        int requests = 300;
        Path csv = null;
        for (Map.Entry<String, String> option : Options.of(arguments).entrySet()) {
            String value = option.getValue();
            switch (option.getKey()) {
                case "--studies" -> studies = number(value, 100_000);
                case "--rate" -> rate = number(value, 10_000);
                case "--warm-up" -> warmUp = number(value, 100_000);
                case "--stored" -> stored = number(value, 1_000_000);
                case "--requests" -> requests = number(value, 100_000);
                case "--csv" -> csv = Path.of(value);
                default -> throw Options.unknown(option.getKey());
            }
        }
        return new Plan(studies, rate, warmUp, stored, requests, csv);
    }
}
