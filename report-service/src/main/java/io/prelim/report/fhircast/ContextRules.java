package io.prelim.report.fhircast;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the context of each event must hold: keys, how often, resources of which type (FHIRcast 3.3 to 3.6, IHE IRA RAD-148 to
 * RAD-151). Keys that are not named here pass: a hub hands on what others understand.
 */
final class ContextRules {
    private static final int MANY = 100;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9.-]{1,64}");
    private static final Pattern REFERENCE = Pattern.compile("([A-Za-z]{1,64})/([A-Za-z0-9.-]{1,64})");

    private static final Rule ENCOUNTER = new Rule("encounter", "Encounter", 0, 1);
    private static final Rule ANY_PATIENT = new Rule("patient", "Patient", 0, 1);
    private static final Rule ONE_PATIENT = new Rule("patient", "Patient", 1, 1);
    private static final Rule ONE_STUDY = new Rule("study", "ImagingStudy", 1, 1);
    private static final Rule ONE_REPORT = new Rule("report", "DiagnosticReport", 1, 1);
    private static final Rule ANY_STUDY = new Rule("study", "ImagingStudy", 0, MANY);

    private static final Map<String, List<Rule>> RULES = Map.of(
            "Patient-open", List.of(ONE_PATIENT, ENCOUNTER),
            "Patient-close", List.of(ONE_PATIENT, ENCOUNTER),
            "ImagingStudy-open", List.of(ONE_STUDY, ANY_PATIENT, ENCOUNTER),
            "ImagingStudy-close", List.of(ONE_STUDY, ANY_PATIENT, ENCOUNTER),
            "DiagnosticReport-open",
                    List.of(ONE_REPORT, ONE_PATIENT, new Rule("study", "ImagingStudy", 1, MANY), ENCOUNTER),
            "DiagnosticReport-close", List.of(ONE_REPORT, ANY_PATIENT, ANY_STUDY, ENCOUNTER),
            "DiagnosticReport-update", List.of(ONE_REPORT, ANY_PATIENT, ANY_STUDY, new Rule("updates", "Bundle", 1, 1)),
            "DiagnosticReport-select", List.of(ONE_REPORT, ANY_PATIENT, new Rule("select", null, 1, MANY)),
            "SyncError", List.of(new Rule("operationoutcome", "OperationOutcome", 1, 1)));

    private ContextRules() {}

    /** @throws Refused 400 naming the key */
    static void check(String event, JsonNode context) {
        for (Rule rule : RULES.getOrDefault(event, List.of())) {
            int count = 0;
            for (JsonNode item : context) {
                if (rule.key.equals(item.path("key").asText())) {
                    count++;
                    rule.check(item);
                }
            }
            if (count < rule.least || count > rule.most) {
                throw Refused.bad("context of " + event + " must have " + rule.said() + " with the key " + rule.key
                        + ", and has " + count);
            }
        }
    }

    /** {@code Type/id} of an item that is one resource, or a reference to one; null for what is neither. */
    static String reference(JsonNode item) {
        JsonNode resource = item.path("resource");
        if (resource.isObject()) {
            String type = resource.path("resourceType").asText();
            String id = resource.path("id").asText();
            return ID.matcher(id).matches() ? type + "/" + id : null;
        }
        JsonNode reference = item.path("reference");
        if (reference.isArray()) {
            reference =
                    reference.size() == 1 ? reference.get(0) : reference.path(0).path("none");
        }
        String literal = reference.path("reference").asText();
        return REFERENCE.matcher(literal).matches() ? literal : null;
    }

    /** @param type of its resources; null for any, and any number of them */
    private record Rule(String key, String type, int least, int most) {
        private void check(JsonNode item) {
            if (type == null) {
                boolean several = item.path("resource").isArray()
                        || item.path("reference").isArray()
                        || reference(item) != null;
                if (!several) {
                    throw Refused.bad("context " + key + " must have resources or references");
                }
                return;
            }
            // neither is ever referred to
            boolean whole = type.equals("Bundle") || type.equals("OperationOutcome");
            if (whole) {
                if (!type.equals(item.path("resource").path("resourceType").asText())) {
                    throw Refused.bad("context " + key + " must have a resource of type " + type);
                }
                return;
            }
            String reference = reference(item);
            if (reference == null || !reference.startsWith(type + "/")) {
                throw Refused.bad("context " + key + " must have a resource of type " + type + " with an id");
            }
        }

        private String said() {
            return least == most ? Integer.toString(least) : least + " to " + most;
        }
    }
}
