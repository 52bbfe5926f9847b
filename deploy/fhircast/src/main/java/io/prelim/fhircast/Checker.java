package io.prelim.fhircast;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Tries every rule at a hub, one after the other. */
public final class Checker {
    private static final List<Check> CHECKS = Stream.of(SubscriptionChecks.ALL, EventChecks.ALL, ContentChecks.ALL)
            .flatMap(List::stream)
            .toList();

    private final Options options;

    public Checker(Options options) {
        this.options = options;
    }

    /** The rules, in the order they are tried. */
    public static List<Rule> rules() {
        return CHECKS.stream().map(Check::rule).toList();
    }

    /** @param told of each result as it comes */
    public List<Result> run(Consumer<Result> told) {
        JsonNode configuration = configuration();
        List<Result> results = new ArrayList<>();
        for (Check check : CHECKS) {
            Result result = tried(check, configuration);
            results.add(result);
            told.accept(result);
        }
        return results;
    }

    /** Tries one rule. */
    Result run(String name) {
        return CHECKS.stream()
                .filter(each -> each.rule().name().equals(name))
                .findFirst()
                .map(each -> tried(each, configuration()))
                .orElseThrow();
    }

    private Result tried(Check check, JsonNode configuration) {
        try (Session session = new Session(options, configuration)) {
            check.trial().accept(session);
            return new Result(check.rule(), Result.Outcome.PASS, "");
        } catch (Verdict verdict) {
            return new Result(check.rule(), verdict.outcome(), verdict.getMessage());
        } catch (RuntimeException e) {
            return new Result(
                    check.rule(),
                    Result.Outcome.FAIL,
                    "what came could not be read: " + e.getClass().getSimpleName());
        }
    }

    private JsonNode configuration() {
        try {
            HttpResponse<String> response = new HubClient(options).get("/.well-known/fhircast-configuration");
            return response.statusCode() == 200 ? Session.json(response) : MissingNode.getInstance();
        } catch (Verdict noAnswer) {
            return MissingNode.getInstance();
        }
    }
}
