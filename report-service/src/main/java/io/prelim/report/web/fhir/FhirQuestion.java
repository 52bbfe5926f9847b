package io.prelim.report.web.fhir;

import io.prelim.events.Code;
import io.prelim.events.Phi;
import io.prelim.events.ReportChanged;
import io.prelim.report.render.StandardStatus;
import io.prelim.report.render.fhir.FhirCodes;
import io.prelim.report.store.ReportSearch.Question;
import io.prelim.report.web.Parameters;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A search for DiagnosticReport (FHIR R4 section 3.1.1), read strictly: a parameter that is not known is refused, since an answer to less than
 * was asked is worse than none.
 *
 * @param count    resources of a page, 1 to 100
 * @param findings whether the Observations are to come with them
 */
record FhirQuestion(Question question, int count, boolean findings) {
    static final List<String> PARAMETERS = List.of(
            "_id",
            "identifier",
            "status",
            "result.code",
            "_lastUpdated",
            "patient:identifier",
            "based-on:identifier",
            "_sort",
            "_count",
            "_include",
            "_after");

    /** Such as name a patient, and so may not stand in an address, which is logged on its way. */
    static final Set<String> IDENTIFIED = Set.of("patient:identifier", "based-on:identifier");

    static final String INCLUDE = "DiagnosticReport:result";
    private static final String SORT = "_lastUpdated";
    private static final int USUAL = 20;
    private static final int MOST = 100;
    private static final int MOST_VALUES = 100;
    private static final Pattern NUMBER = Pattern.compile("\\P{Cntrl}{1,64}");

    /**
     * @param addressed whether they stand in the address
     * @throws FhirRefusal 400, as for a {@code BadParameter}
     */
    static FhirQuestion of(MultivaluedMap<String, String> parameters, boolean addressed) {
        for (String name : parameters.keySet()) {
            if (!PARAMETERS.contains(name)) {
                throw FhirRefusal.unknown("A parameter is not known; known are " + String.join(", ", PARAMETERS) + ".");
            }
            if (addressed && IDENTIFIED.contains(name)) {
                throw FhirRefusal.unknown(
                        name + " names a patient, and an address is logged on its way: send it as a form to"
                                + " DiagnosticReport/_search.");
            }
        }
        Instant from = null;
        Instant to = null;
        for (String each : parameters.getOrDefault(SORT, List.of())) {
            if (each.startsWith("ge") && from == null) {
                from = Parameters.time(SORT, each.substring(2));
            } else if (each.startsWith("lt") && to == null) {
                to = Parameters.time(SORT, each.substring(2));
            } else {
                throw FhirRefusal.bad(SORT, "must be ge and a time, or lt and a time, each once");
            }
        }
        String sort = one(parameters, "_sort");
        if (sort != null && !sort.equals(SORT) && !sort.equals("-" + SORT)) {
            throw FhirRefusal.bad("_sort", "must be _lastUpdated or -_lastUpdated");
        }
        String include = one(parameters, "_include");
        if (include != null && !include.equals(INCLUDE)) {
            throw FhirRefusal.bad("_include", "must be " + INCLUDE);
        }
        String after = one(parameters, "_after");
        Question question = new Question(
                keys(one(parameters, "_id"), one(parameters, "identifier")),
                statuses(one(parameters, "status")),
                from,
                to,
                finding(one(parameters, "result.code")),
                number("patient:identifier", one(parameters, "patient:identifier")),
                number("based-on:identifier", one(parameters, "based-on:identifier")),
                !SORT.equals(sort),
                after == null ? null : Parameters.number("_after", after, 1, Long.MAX_VALUE, 1));
        int count = (int) Parameters.number("_count", one(parameters, "_count"), 1, MOST, USUAL);
        return new FhirQuestion(question, count, include != null);
    }

    private static String one(MultivaluedMap<String, String> parameters, String name) {
        List<String> values = parameters.get(name);
        if (values == null) {
            return null;
        }
        if (values.size() > 1 || values.get(0).isEmpty()) {
            throw FhirRefusal.bad(name, "must have one value");
        }
        return values.get(0);
    }

    private static List<String> any(String name, String value) {
        List<String> values = Arrays.asList(value.split(",", -1));
        if (values.size() > MOST_VALUES) {
            throw FhirRefusal.bad(name, "must have at most " + MOST_VALUES + " values");
        }
        return values;
    }

    /** Null for any. */
    private static Set<UUID> keys(String ids, String identifiers) {
        if (ids == null && identifiers == null) {
            return null;
        }
        Set<UUID> byId = ids == null ? null : new HashSet<>(each("_id", any("_id", ids)));
        if (identifiers == null) {
            return byId;
        }
        List<String> plain = new ArrayList<>();
        for (String each : any("identifier", identifiers)) {
            String value = each.startsWith(FhirCodes.URI + "|") ? each.substring(FhirCodes.URI.length() + 1) : each;
            if (!value.startsWith("urn:uuid:")) {
                throw FhirRefusal.bad("identifier", "must be urn:uuid: and a report's key");
            }
            plain.add(value.substring("urn:uuid:".length()));
        }
        Set<UUID> byIdentifier = new HashSet<>(each("identifier", plain));
        if (byId != null) {
            byIdentifier.retainAll(byId);
        }
        return byIdentifier;
    }

    private static List<UUID> each(String name, List<String> values) {
        return values.stream().map(value -> Parameters.key(name, value)).toList();
    }

    private static Set<ReportChanged.Status> statuses(String value) {
        if (value == null) {
            return null;
        }
        Set<ReportChanged.Status> statuses = EnumSet.noneOf(ReportChanged.Status.class);
        for (String each : any("status", value)) {
            List<ReportChanged.Status> named = Arrays.stream(ReportChanged.Status.values())
                    .filter(status -> status != ReportChanged.Status.UNKNOWN
                            && StandardStatus.of(status).diagnosticReport().equals(each))
                    .toList();
            if (named.isEmpty()) {
                throw FhirRefusal.bad(
                        "status", "must be partial, preliminary, final, appended, corrected or entered-in-error");
            }
            statuses.addAll(named);
        }
        return statuses;
    }

    private static Code finding(String value) {
        if (value == null) {
            return null;
        }
        String[] token = value.split("\\|", -1);
        String scheme = token.length == 2 ? FhirCodes.scheme(token[0]).orElse(null) : null;
        if (scheme == null || token[1].isEmpty()) {
            throw FhirRefusal.bad(
                    "result.code",
                    "must be a system that is known and a code, such as http://snomed.info/sct|233604007");
        }
        return new Code(scheme, token[1], null);
    }

    private static Phi<String> number(String name, String value) {
        if (value == null) {
            return null;
        }
        String plain = value.startsWith("|") ? value.substring(1) : value;
        if (plain.contains("|") || !NUMBER.matcher(plain).matches()) {
            throw FhirRefusal.bad(name, "must be a number alone: Prelim knows no system of it");
        }
        return Phi.of(plain);
    }
}
