package io.prelim.report.template;

import io.prelim.events.Code;
import java.util.List;

/**
 * What a study gets.
 *
 * @param procedure what was ordered, as mapped; null when it is not mapped or not known
 * @param unmapped  codes of its orders that neither the site's file nor ingest maps
 */
public record TemplateChoice(Template template, Code procedure, List<Code> unmapped) {
    public TemplateChoice {
        unmapped = List.copyOf(unmapped);
    }
}
