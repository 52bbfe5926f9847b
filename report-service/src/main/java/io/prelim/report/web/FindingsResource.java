package io.prelim.report.web;

import io.prelim.access.Callers;
import io.prelim.access.Roles;
import io.prelim.events.Code;
import io.prelim.events.Finding;
import io.prelim.report.render.fhir.FoundObservation;
import io.prelim.report.store.FindingFilter;
import io.prelim.report.store.FoundFindings;
import io.prelim.report.store.FoundFindings.Count;
import io.prelim.report.store.FoundFindings.Found;
import io.prelim.report.store.FoundFindings.Grouping;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** What models found, over all reports as they stand now. No identity. */
@Path("/api/findings")
@Transactional
@RolesAllowed({Roles.RADIOLOGIST, Roles.MODEL_TEAM, Roles.AUDITOR})
public class FindingsResource {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 10_000;
    private static final int MAX_GROUPS = 1_000;

    private final FoundFindings findings;
    private final Callers callers;

    FindingsResource(FoundFindings findings, Callers callers) {
        this.findings = findings;
        this.callers = callers;
    }

    /** The newest first. {@code after} is the {@code next} of the page before. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Page list(
            @BeanParam Asked asked,
            @QueryParam("after") String after,
            @QueryParam("limit") String limit,
            @Context UriInfo uri) {
        return page(asked, after, limit, uri);
    }

    /** The same as a table; the next page's {@code after} is in the header {@code Prelim-Next}. */
    @GET
    @Produces("text/csv;charset=UTF-8;qs=0.9")
    public Response table(
            @BeanParam Asked asked,
            @QueryParam("after") String after,
            @QueryParam("limit") String limit,
            @Context UriInfo uri)
            throws IOException {
        Page page = page(asked, after, limit, uri);
        return Response.ok(FindingTable.csv(page.findings()))
                .header("Prelim-Next", page.next())
                .build();
    }

    /** The same as FHIR Observations, one a line, written one after the other; the next page as of the table. */
    @GET
    @Produces(FoundObservation.MEDIA_TYPE + ";qs=0.8")
    public Response observations(
            @BeanParam Asked asked,
            @QueryParam("after") String after,
            @QueryParam("limit") String limit,
            @Context UriInfo uri) {
        Page page = page(asked, after, limit, uri);
        return Response.ok((StreamingOutput) out -> {
                    for (Found found : page.findings()) {
                        out.write(FoundObservation.line(
                                        found.findingId(),
                                        new Code(found.scheme(), found.code(), found.meaning()),
                                        found.name(),
                                        found.laterality(),
                                        Finding.Presence.valueOf(found.presence()),
                                        found.probability(),
                                        found.status(),
                                        found.studyInstanceUid(),
                                        found.modelId() + " " + found.modelVersion(),
                                        found.modelDigest(),
                                        found.analyzedAt())
                                .getBytes(StandardCharsets.UTF_8));
                    }
                })
                .header("Prelim-Next", page.next())
                .build();
    }

    /** How many there are by day, week, site, modality, manufacturer, model, code, age band or sex. */
    @GET
    @Path("/counts")
    @Produces(MediaType.APPLICATION_JSON)
    public Counts counts(@BeanParam Asked asked, @QueryParam("by") String by, @Context UriInfo uri) {
        Parameters.only(uri, Asked.and("by"));
        return new Counts(findings.count(
                filter(asked), Parameters.oneOf("by", by == null ? "day" : by, Grouping.values()), MAX_GROUPS));
    }

    private Page page(Asked asked, String after, String limit, UriInfo uri) {
        Parameters.only(uri, Asked.and("after", "limit"));
        int count = (int) Parameters.number("limit", limit, 1, MAX_LIMIT, DEFAULT_LIMIT);
        List<Found> found = findings.page(filter(asked), FindingCursor.read(after), count + 1);
        boolean more = found.size() > count;
        List<Found> page = more ? found.subList(0, count) : found;
        return new Page(List.copyOf(page), more ? FindingCursor.write(page.get(count - 1)) : null);
    }

    private FindingFilter filter(Asked asked) {
        return asked.filter().within(callers.current().sites());
    }

    /** What is asked for; each may be left out. */
    public static class Asked {
        private static final List<String> NAMES = List.of(
                "code",
                "presence",
                "minProbability",
                "maxProbability",
                "modality",
                "manufacturer",
                "site",
                "ageBand",
                "sex",
                "model",
                "from",
                "to");

        @QueryParam("code")
        String code;

        @QueryParam("presence")
        String presence;

        @QueryParam("minProbability")
        String minProbability;

        @QueryParam("maxProbability")
        String maxProbability;

        @QueryParam("modality")
        String modality;

        @QueryParam("manufacturer")
        String manufacturer;

        @QueryParam("site")
        String site;

        @QueryParam("ageBand")
        String ageBand;

        @QueryParam("sex")
        String sex;

        @QueryParam("model")
        String model;

        @QueryParam("from")
        String from;

        @QueryParam("to")
        String to;

        /** The names of these parameters and of others. */
        static String[] and(String... others) {
            return Stream.concat(NAMES.stream(), Stream.of(others)).toArray(String[]::new);
        }

        FindingFilter filter() {
            int bar = code == null ? 0 : code.indexOf('|');
            if (code != null && (bar < 1 || bar == code.length() - 1)) {
                throw new BadParameter("code", "must be scheme|value, such as SCT|233604007");
            }
            return new FindingFilter()
                    .code(
                            code == null ? null : Parameters.text("code", code.substring(0, bar)),
                            code == null ? null : Parameters.text("code", code.substring(bar + 1)))
                    .presence(
                            presence == null
                                    ? null
                                    : Parameters.oneOf("presence", presence, Finding.Presence.values())
                                            .name())
                    .probability(
                            Parameters.fraction("minProbability", minProbability),
                            Parameters.fraction("maxProbability", maxProbability))
                    .modality(Parameters.text("modality", modality))
                    .manufacturer(Parameters.text("manufacturer", manufacturer))
                    .site(Parameters.text("site", site))
                    .subject(Parameters.text("ageBand", ageBand), Parameters.text("sex", sex))
                    .model(Parameters.text("model", model))
                    .analyzed(Parameters.time("from", from), Parameters.time("to", to));
        }
    }

    /** @param next {@code after} of the next page; left out on the last */
    public record Page(List<Found> findings, String next) {}

    /** @param counts at most 1,000 groups */
    public record Counts(List<Count> counts) {}
}
