package io.prelim.report.store;

import io.prelim.access.Sites;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which findings are asked for: what is not named is not asked for. Values are bound, never part of a query's text. */
public final class FindingFilter {
    private final StringBuilder conditions = new StringBuilder("true");
    private final Map<String, Object> values = new LinkedHashMap<>();

    /** Null, here and below, asks for nothing. */
    public FindingFilter code(String scheme, String value) {
        return is("scheme", scheme).is("code", value);
    }

    /** @param presence such as {@code PRESENT} */
    public FindingFilter presence(String presence) {
        return is("presence", presence);
    }

    /** @param least 0 to 1, as {@code most} */
    public FindingFilter probability(Double least, Double most) {
        return and("probability >= :least", "least", least).and("probability <= :most", "most", most);
    }

    /** @param modality one of those of the study */
    public FindingFilter modality(String modality) {
        return and(":modality = any(modalities)", "modality", modality);
    }

    /** @param manufacturer one of those of the study's images, as they write it */
    public FindingFilter manufacturer(String manufacturer) {
        return and(":manufacturer = any(manufacturers)", "manufacturer", manufacturer);
    }

    public FindingFilter site(String site) {
        return is("site", site);
    }

    /** Of these sites alone. */
    public FindingFilter within(Sites sites) {
        return and("site = any(:sites)", "sites", sites.bound());
    }

    public FindingFilter subject(String ageBand, String sex) {
        return is("age_band", ageBand).is("sex", sex);
    }

    /** @param model its id, or the digest of its file */
    public FindingFilter model(String model) {
        return is(model != null && model.startsWith("sha256:") ? "model_digest" : "model_id", model);
    }

    /** @param from analysed then or later; {@code to} before then */
    public FindingFilter analyzed(Instant from, Instant to) {
        return and("analyzed_at >= " + time("from_time"), "from_time", from == null ? null : FoundFindings.micros(from))
                .and("analyzed_at < " + time("to_time"), "to_time", to == null ? null : FoundFindings.micros(to));
    }

    /** A parameter of microseconds since 1970 as a time, exactly. */
    static String time(String parameter) {
        return "timestamptz 'epoch' + :" + parameter + " * interval '1 microsecond'";
    }

    String conditions() {
        return conditions.toString();
    }

    void bind(Query query) {
        values.forEach(query::setParameter);
    }

    private FindingFilter is(String column, String value) {
        return and(column + " = :" + column, column, value);
    }

    private FindingFilter and(String condition, String parameter, Object value) {
        if (value != null) {
            conditions.append(" and ").append(condition);
            values.put(parameter, value);
        }
        return this;
    }
}
