package io.prelim.report.statement;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.prelim.events.Code;
import io.prelim.report.template.Section;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * A sentence of the draft which may be worded otherwise, taken apart. No identity.
 *
 * @param id          of the sentence
 * @param term        what it is about, in the draft's language, without site and side
 * @param code        of the term; null where it has none
 * @param laterality  {@code L}, {@code R}, {@code B}; null for none
 * @param site        in the draft's language; null for none
 * @param siteCode    null for none
 * @param probability as the draft writes it; null where it writes none
 * @param measures    of a statement that is {@link Level#MEASURED}
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Given(
        UUID id,
        Section section,
        String term,
        Code code,
        Level level,
        String laterality,
        String site,
        Code siteCode,
        String probability,
        List<Measure> measures,
        boolean urgent) {
    public Given {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(section, "section");
        Objects.requireNonNull(term, "term");
        Objects.requireNonNull(level, "level");
        measures = measures == null ? List.of() : List.copyOf(measures);
    }

    /** As the draft writes them: {@code volume}, {@code 612}, {@code mL}; a count has an empty unit. */
    public record Measure(String name, String value, String unit) {}
}
