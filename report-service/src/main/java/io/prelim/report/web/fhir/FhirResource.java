package io.prelim.report.web.fhir;

import io.prelim.access.Callers;
import io.prelim.access.Roles;
import io.prelim.report.render.fhir.FhirReport;
import io.prelim.report.render.fhir.ServedReport;
import io.prelim.report.store.ReportSearch;
import io.prelim.report.store.ReportSearch.Hit;
import io.prelim.report.store.ReportStore;
import io.prelim.report.store.VersionRow;
import io.prelim.report.view.ReportViews;
import io.prelim.report.web.Audit;
import io.prelim.report.web.BadParameter;
import io.prelim.report.web.Parameters;
import io.prelim.report.web.PatientRecord;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.Resource;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Reports over FHIR R4's RESTful API: DiagnosticReport with its versions, and the Observations and the ImagingStudy of the newest. A search by
 * patient or order takes a form, never an address.
 */
@Path("/fhir")
@Produces(FhirReport.MEDIA_TYPE)
@Blocking
@Transactional
@RolesAllowed({Roles.INTEGRATION, Roles.RADIOLOGIST})
public class FhirResource {
    private static final String REPORT = "DiagnosticReport";
    private static final int MOST_VERSIONS = 50;

    private final ReportStore reports;
    private final ReportSearch search;
    private final ReportViews views;
    private final Callers callers;
    private final Audit audit;
    private final Instant started = Instant.now();

    FhirResource(ReportStore reports, ReportSearch search, ReportViews views, Callers callers, Audit audit) {
        this.reports = reports;
        this.search = search;
        this.views = views;
        this.callers = callers;
        this.audit = audit;
    }

    @ServerExceptionMapper
    Response refused(FhirRefusal refusal) {
        return refusal.response();
    }

    @ServerExceptionMapper
    Response notThere(NotFoundException notThere) {
        return FhirRefusal.notFound().response();
    }

    @ServerExceptionMapper
    Response bad(BadParameter problem) {
        return FhirRefusal.bad(problem.getMessage()).response();
    }

    /** What this server can. */
    @GET
    @Path("/metadata")
    public String metadata(@Context UriInfo uri) {
        return written(FhirCapability.statement(base(uri), started));
    }

    /** The newest version; 304 where the client has it. */
    @GET
    @Path("/DiagnosticReport/{reportKey}")
    @PatientRecord
    public Response read(
            @PathParam("reportKey") String id,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) String known,
            @Context UriInfo uri) {
        UUID key = Parameters.key("id", id);
        VersionRow row = version(key, null);
        if (tag(row.version()).equals(known)) {
            return Response.notModified(tag(row.version())).build();
        }
        return answer(served(key, row, uri).report(), row);
    }

    /** One version, newest or not. */
    @GET
    @Path("/DiagnosticReport/{reportKey}/_history/{version}")
    @PatientRecord
    public Response version(
            @PathParam("reportKey") String id, @PathParam("version") String version, @Context UriInfo uri) {
        UUID key = Parameters.key("id", id);
        VersionRow row = version(key, (int) Parameters.number("version", version, 1, Integer.MAX_VALUE, 1));
        return answer(served(key, row, uri).report(), row);
    }

    /** Every version, the newest first; the newest 50 of more. */
    @GET
    @Path("/DiagnosticReport/{reportKey}/_history")
    @PatientRecord
    public String history(@PathParam("reportKey") String id, @Context UriInfo uri) {
        UUID key = Parameters.key("id", id);
        List<VersionRow> rows = reports.versions(key);
        if (rows.isEmpty()) {
            throw FhirRefusal.notFound();
        }
        Bundle history = bundle(BundleType.HISTORY, uri);
        history.setTotal(rows.size());
        for (int i = rows.size() - 1; i >= Math.max(0, rows.size() - MOST_VERSIONS); i--) {
            VersionRow row = rows.get(i);
            BundleEntryComponent entry = add(history, served(key, row, uri).report(), uri);
            entry.getRequest()
                    .setMethod(row.version() == 1 ? HTTPVerb.POST : HTTPVerb.PUT)
                    .setUrl(row.version() == 1 ? REPORT : REPORT + "/" + key);
            entry.getResponse()
                    .setStatus(row.version() == 1 ? "201" : "200")
                    .setEtag(tag(row.version()))
                    .setLastModified(Date.from(row.createdAt()));
        }
        return written(history);
    }

    /** A search whose question may be logged on its way. */
    @GET
    @Path("/DiagnosticReport")
    public String search(@Context UriInfo uri) {
        return found(FhirQuestion.of(uri.getQueryParameters(), true), uri, true);
    }

    /** A search whose question may name a patient: its answer has no address of a next page. */
    @POST
    @Path("/DiagnosticReport/_search")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public String searchByForm(MultivaluedMap<String, String> form, @Context UriInfo uri) {
        return found(FhirQuestion.of(form, false), uri, false);
    }

    /** A finding of the newest version that has it. */
    @GET
    @Path("/Observation/{id}")
    public Response finding(@PathParam("id") String id, @Context UriInfo uri) {
        UUID finding = Parameters.key("id", id);
        return part("Observation", finding, search.ofFinding(finding).orElseThrow(FhirRefusal::notFound), uri);
    }

    /** The study of a report, as far as findings were read from its images. */
    @GET
    @Path("/ImagingStudy/{id}")
    public Response study(@PathParam("id") String id, @Context UriInfo uri) {
        UUID study = Parameters.key("id", id);
        return part("ImagingStudy", study, search.ofStudy(study).orElseThrow(FhirRefusal::notFound), uri);
    }

    private Response part(String type, UUID id, UUID reportKey, UriInfo uri) {
        if (!audit.shown(reportKey)) {
            throw FhirRefusal.notFound();
        }
        VersionRow row = version(reportKey, null);
        Resource resource = served(reportKey, row, uri).get(type, id);
        if (resource == null) {
            throw FhirRefusal.notFound();
        }
        return answer(resource, row);
    }

    private String found(FhirQuestion asked, UriInfo uri, boolean addressed) {
        List<Hit> hits = search.find(callers.current().sites(), asked.question(), asked.count() + 1);
        audit.searched();
        boolean more = hits.size() > asked.count();
        Bundle page = bundle(BundleType.SEARCHSET, uri);
        for (Hit hit : more ? hits.subList(0, asked.count()) : hits) {
            if (!audit.shown(hit.reportKey())) {
                continue;
            }
            ServedReport report = served(hit.reportKey(), version(hit.reportKey(), hit.version()), uri);
            add(page, report.report(), uri).getSearch().setMode(SearchEntryMode.MATCH);
            if (asked.findings()) {
                report.findings()
                        .forEach(finding -> add(page, finding, uri).getSearch().setMode(SearchEntryMode.INCLUDE));
            }
        }
        if (more && addressed) {
            UriBuilder next = uri.getRequestUriBuilder()
                    .replaceQueryParam("_after", hits.get(asked.count() - 1).sequence());
            page.addLink().setRelation("next").setUrl(next.build().toString());
        }
        return written(page);
    }

    private VersionRow version(UUID reportKey, Integer version) {
        return reports.version(reportKey, version).orElseThrow(FhirRefusal::notFound);
    }

    private ServedReport served(UUID reportKey, VersionRow row, UriInfo uri) {
        String forms = uri.getBaseUriBuilder()
                .path("api/reports/{key}")
                .queryParam("version", row.version())
                .build(reportKey)
                .toString();
        return new ServedReport(views.of(reportKey, row), forms);
    }

    private static Bundle bundle(BundleType type, UriInfo uri) {
        Bundle bundle = new Bundle().setType(type);
        bundle.getMeta().setLastUpdated(new Date());
        bundle.addLink().setRelation("self").setUrl(uri.getRequestUri().toString());
        return bundle;
    }

    private static BundleEntryComponent add(Bundle bundle, Resource resource, UriInfo uri) {
        return bundle.addEntry()
                .setFullUrl(base(uri) + "/" + ServedReport.address(resource))
                .setResource(resource);
    }

    private static Response answer(Resource resource, VersionRow row) {
        return Response.ok(written(resource))
                .header(HttpHeaders.ETAG, tag(row.version()))
                .lastModified(Date.from(row.createdAt()))
                .build();
    }

    private static String tag(int version) {
        return "W/\"" + version + "\"";
    }

    private static String base(UriInfo uri) {
        return uri.getBaseUriBuilder().path("fhir").build().toString();
    }

    private static String written(Resource resource) {
        return FhirReport.CONTEXT.newJsonParser().encodeResourceToString(resource);
    }
}
