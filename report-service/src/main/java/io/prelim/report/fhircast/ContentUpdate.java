package io.prelim.report.fhircast;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One transaction of changes to shared content: all of it, or none (FHIRcast 2.10, IHE RAD-150). */
final class ContentUpdate {
    private static final int MOST_RESOURCES = 2_000;
    private static final Pattern ENDS_WITH = Pattern.compile("(?:.*/)?([A-Za-z]{1,64})/([A-Za-z0-9.-]{1,64})");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9.-]{1,64}");

    private final OpenContext context;
    private final Map<String, JsonNode> content;
    private final Set<String> named = new HashSet<>();

    private ContentUpdate(OpenContext context) {
        this.context = context;
        this.content = new LinkedHashMap<>(context.content());
    }

    /**
     * The content after the update.
     *
     * @throws Refused 400 for a bundle that cannot be applied whole, 413 when the content would have too many resources
     */
    static Map<String, JsonNode> applied(OpenContext context, CastEvent update) {
        JsonNode bundle = update.resources("updates").get(0);
        if (!"transaction".equals(bundle.path("type").asText())) {
            throw Refused.bad("updates must be a Bundle of type transaction");
        }
        JsonNode entries = bundle.path("entry");
        if (!entries.isArray() && !entries.isMissingNode()) {
            throw Refused.bad("entry of updates must be an array");
        }
        ContentUpdate changed = new ContentUpdate(context);
        entries.forEach(changed::apply);
        if (changed.content.size() > MOST_RESOURCES) {
            throw new Refused(413, "a context shares at most " + MOST_RESOURCES + " resources");
        }
        return changed.content;
    }

    private void apply(JsonNode entry) {
        String method = entry.path("request").path("method").asText();
        String reference =
                switch (method) {
                    case "PUT", "POST" -> ofResource(entry);
                    case "DELETE" -> ofDeleted(entry);
                    default -> throw Refused.bad("request.method of an entry of updates must be PUT, POST or DELETE");
                };
        if (!named.add(reference)) {
            throw Refused.bad("updates must name no resource twice");
        }
        if (method.equals("DELETE")) {
            if (isOfContext(reference)) {
                throw Refused.bad("updates must not delete the report, patient or study of the context");
            }
            if (content.remove(reference) == null) {
                throw Refused.bad("updates delete a resource that is not in the content");
            }
        } else {
            keepsIdentifiers(reference, entry.get("resource"));
            content.put(reference, entry.get("resource"));
        }
    }

    private static String ofResource(JsonNode entry) {
        JsonNode resource = entry.path("resource");
        String type = resource.path("resourceType").asText();
        String id = resource.path("id").asText();
        if (type.isEmpty() || !ID.matcher(id).matches()) {
            throw Refused.bad("an entry of updates that is put must have a resource with its type and id");
        }
        return type + "/" + id;
    }

    /** The specification names it in {@code fullUrl}, FHIR in {@code request.url}; only its end is read. */
    private static String ofDeleted(JsonNode entry) {
        if (entry.has("resource")) {
            return ofResource(entry);
        }
        String url = entry.has("fullUrl")
                ? entry.get("fullUrl").asText()
                : entry.path("request").path("url").asText();
        Matcher matcher = ENDS_WITH.matcher(url);
        if (!matcher.matches()) {
            throw Refused.bad("an entry of updates that is deleted must be named by fullUrl or request.url: Type/id");
        }
        return matcher.group(1) + "/" + matcher.group(2);
    }

    private boolean isOfContext(String reference) {
        CastEvent open = context.open();
        return open.references("report").contains(reference)
                || open.references("patient").contains(reference)
                || open.references("study").contains(reference);
    }

    /** Who a report is about, and of what, is changed by closing it and opening another. */
    private void keepsIdentifiers(String reference, JsonNode resource) {
        for (String key : new String[] {"patient", "study"}) {
            for (JsonNode opened : context.open().resources(key)) {
                String known = opened.path("resourceType").asText() + "/"
                        + opened.path("id").asText();
                if (known.equals(reference) && resource.has("identifier")) {
                    Set<String> given = values(resource);
                    if (!given.containsAll(values(opened))) {
                        throw Refused.bad("updates must not change an identifier of the context's " + key);
                    }
                }
            }
        }
    }

    private static Set<String> values(JsonNode resource) {
        Set<String> values = new HashSet<>();
        resource.path("identifier")
                .forEach(each -> values.add(
                        each.path("system").asText() + "|" + each.path("value").asText()));
        return values;
    }
}
