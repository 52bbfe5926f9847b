package io.prelim.fhircast;

import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** The command line: {@code check HUB_URL [--topic T] [--token T] [--wait SECONDS] [--silence SECONDS] [--rules]}. */
public final class Main {
    private static final String USAGE = """
            check HUB_URL [options]

            Checks a FHIRcast hub against the rules of FHIRcast 3.0 and IHE IRA, as its clients see it.
            It subscribes to a topic, opens made-up patients and reports in it, and leaves nothing open.

              --topic T         the session to use; else a new one, which the hub must make when it is subscribed to
              --token T         sent as a bearer token; or in the environment as FHIRCAST_TOKEN
              --wait SECONDS    how long something that must happen may take (5)
              --silence SECONDS how long a hub may wait for a subscriber's answer (12)
              --rules           prints the rules and ends

            Prints a line a rule: PASS, FAIL with what was expected and found, or SKIPPED where the hub does not have
            an option of the specification. Ends with 0 if none failed, 1 if one did, 2 if it could not be tried.
            """;

    private Main() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.exit(run(List.of(arguments), System.getenv("FHIRCAST_TOKEN"), out));
    }

    /** @return the exit code */
    static int run(List<String> arguments, String token, PrintStream out) {
        if (arguments.isEmpty() || arguments.contains("--help") || arguments.contains("-h")) {
            out.print(USAGE);
            return arguments.isEmpty() ? 2 : 0;
        }
        if (arguments.contains("--rules")) {
            Checker.rules()
                    .forEach(rule -> out.printf("%-32s %-30s %s%n", rule.name(), rule.source(), rule.expected()));
            return 0;
        }
        Options options;
        try {
            options = options(arguments, token);
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
            out.print(USAGE);
            return 2;
        }
        return check(options, out);
    }

    private static int check(Options options, PrintStream out) {
        List<Result> results = new Checker(options).run(each -> print(each, out));
        long failed = count(results, Result.Outcome.FAIL);
        long passed = count(results, Result.Outcome.PASS);
        out.printf(
                "%n%d rules: %d passed, %d failed, %d skipped%n",
                results.size(), passed, failed, results.size() - passed - failed);
        boolean silent = results.stream()
                .allMatch(each ->
                        each.found().startsWith(HubClient.NO_ANSWER) || each.outcome() == Result.Outcome.SKIPPED);
        return silent ? 2 : failed > 0 ? 1 : 0;
    }

    private static void print(Result result, PrintStream out) {
        out.printf(
                "%-8s %-32s %s%n",
                result.outcome(), result.rule().name(), result.rule().source());
        if (result.outcome() == Result.Outcome.FAIL) {
            out.printf("         expected: %s%n", result.rule().expected());
        }
        if (!result.found().isEmpty()) {
            out.printf("         %s: %s%n", result.outcome() == Result.Outcome.FAIL ? "found" : "why", result.found());
        }
    }

    private static long count(List<Result> results, Result.Outcome outcome) {
        return results.stream().filter(each -> each.outcome() == outcome).count();
    }

    private static Options options(List<String> arguments, String fromEnvironment) {
        URI hub = null;
        String topic = UUID.randomUUID().toString();
        String token = fromEnvironment;
        Duration wait = Duration.ofSeconds(5);
        Duration silence = Duration.ofSeconds(12);
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            switch (argument) {
                case "--topic" -> topic = value(arguments, ++i);
                case "--token" -> token = value(arguments, ++i);
                case "--wait" -> wait = seconds(value(arguments, ++i));
                case "--silence" -> silence = seconds(value(arguments, ++i));
                default -> {
                    if (argument.startsWith("-") || hub != null) {
                        throw new IllegalArgumentException("not known: " + argument);
                    }
                    hub = hub(argument);
                }
            }
        }
        if (hub == null) {
            throw new IllegalArgumentException("HUB_URL is missing");
        }
        return new Options(hub, topic, token, wait, silence);
    }

    private static URI hub(String text) {
        if (!text.matches("https?://[^/].*")) {
            throw new IllegalArgumentException("HUB_URL must begin with http:// or https://");
        }
        return URI.create(text.replaceAll("/+$", ""));
    }

    private static String value(List<String> arguments, int at) {
        if (at >= arguments.size()) {
            throw new IllegalArgumentException(arguments.get(at - 1) + " needs a value");
        }
        return arguments.get(at);
    }

    private static Duration seconds(String text) {
        if (!text.matches("[1-9][0-9]{0,3}")) {
            throw new IllegalArgumentException("a number of seconds is needed, not " + text);
        }
        return Duration.ofSeconds(Long.parseLong(text));
    }
}
