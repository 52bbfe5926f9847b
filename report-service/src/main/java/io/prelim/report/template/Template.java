package io.prelim.report.template;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a report looks like.
 *
 * @param digest   {@code sha256:} of its file
 * @param language BCP 47, of drafts it is for; null for every language
 * @param sections all six, in the template's order; a section may be empty, findings and impression never
 */
public record Template(String name, String version, String digest, String language, Map<Section, List<Line>> sections) {
    public Template {
        Map<Section, List<Line>> copy = new LinkedHashMap<>();
        sections.forEach((section, lines) -> copy.put(section, List.copyOf(lines)));
        sections = Collections.unmodifiableMap(copy);
    }
}
