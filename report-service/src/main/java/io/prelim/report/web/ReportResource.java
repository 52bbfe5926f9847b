package io.prelim.report.web;

import io.prelim.access.Callers;
import io.prelim.access.Roles;
import io.prelim.dicom.object.DicomFile;
import io.prelim.events.ReportChanged;
import io.prelim.report.archive.Documents;
import io.prelim.report.draft.Held;
import io.prelim.report.render.History;
import io.prelim.report.render.ReportView;
import io.prelim.report.render.TextReport;
import io.prelim.report.render.fhir.FhirReport;
import io.prelim.report.render.hl7.OruReport;
import io.prelim.report.render.page.HtmlReport;
import io.prelim.report.render.page.PdfReport;
import io.prelim.report.store.FactStore;
import io.prelim.report.store.PriorStudies;
import io.prelim.report.store.ReaderNotes;
import io.prelim.report.store.ReportList;
import io.prelim.report.store.ReportStore;
import io.prelim.report.store.SameOrder;
import io.prelim.report.view.ReportViews;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reports, newest first; one report; its versions. */
@Path("/api/reports")
@Transactional
public class ReportResource {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;

    private final ReportStore reports;
    private final ReportList list;
    private final FactStore facts;
    private final ReaderNotes notes;
    private final ReportViews views;
    private final Documents documents;
    private final PriorStudies priors;
    private final SameOrder sameOrder;
    private final Renderings bounded;
    private final Callers callers;
    private final Audit audit;

    ReportResource(
            ReportStore reports,
            ReportList list,
            FactStore facts,
            ReaderNotes notes,
            ReportViews views,
            Documents documents,
            PriorStudies priors,
            SameOrder sameOrder,
            Renderings bounded,
            Callers callers,
            Audit audit) {
        this.reports = reports;
        this.list = list;
        this.facts = facts;
        this.notes = notes;
        this.views = views;
        this.documents = documents;
        this.priors = priors;
        this.sameOrder = sameOrder;
        this.bounded = bounded;
        this.callers = callers;
        this.audit = audit;
    }

    /** No identity. {@code after} is the {@code next} of the page before. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.INTEGRATION, Roles.RADIOLOGIST, Roles.SRE, Roles.AUDITOR})
    public Page list(
            @QueryParam("studyInstanceUid") String studyInstanceUid,
            @QueryParam("status") String status,
            @QueryParam("after") String after,
            @QueryParam("limit") String limit,
            @Context UriInfo uri) {
        Parameters.only(uri, "studyInstanceUid", "status", "after", "limit");
        int count = (int) Parameters.number("limit", limit, 1, MAX_LIMIT, DEFAULT_LIMIT);
        List<ReportList.Entry> entries = list.page(
                callers.current().sites(),
                Parameters.uid("studyInstanceUid", studyInstanceUid),
                Parameters.status("status", status),
                Parameters.number("after", after, 1, Long.MAX_VALUE, Long.MAX_VALUE),
                count + 1);
        if (studyInstanceUid != null) {
            audit.searched();
        }
        boolean more = entries.size() > count;
        List<ReportList.Entry> page = more ? entries.subList(0, count) : entries;
        return new Page(
                List.copyOf(page), more ? Long.toString(page.get(count - 1).cursor()) : null);
    }

    @GET
    @Path("/{reportKey}")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.INTEGRATION, Roles.RADIOLOGIST})
    @PatientRecord
    public ReportView json(
            @PathParam("reportKey") String reportKey, @QueryParam("version") String version, @Context UriInfo uri) {
        return view(reportKey, version, uri);
    }

    @GET
    @Path("/{reportKey}")
    @Produces(MediaType.TEXT_PLAIN + ";charset=UTF-8;qs=0.9")
    @RolesAllowed({Roles.INTEGRATION, Roles.RADIOLOGIST})
    @PatientRecord
    public String text(
            @PathParam("reportKey") String reportKey, @QueryParam("version") String version, @Context UriInfo uri) {
        return TextReport.of(view(reportKey, version, uri));
    }

    /** As a structured report; of what was taken back, the note that takes its documents back. */
    @GET
    @Path("/{reportKey}")
    @Produces("application/dicom;qs=0.8")
    @RolesAllowed({Roles.INTEGRATION, Roles.RADIOLOGIST})
    @PatientRecord
    public Response dicom(
            @PathParam("reportKey") String reportKey, @QueryParam("version") String version, @Context UriInfo uri)
            throws IOException {
        ReportView report = view(reportKey, version, uri);
        Optional<DicomFile> document = documents.report(report);
        if (document.isEmpty()) {
            return Problem.response(
                    406, "The report was taken back before it was a document: there is no note of it.", null);
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        document.get().write(file);
        return Response.ok(file.toByteArray()).build();
    }

    /** As a page; a browser that names no type it prefers to it gets JSON. */
    @GET
    @Path("/{reportKey}")
    @Produces(MediaType.TEXT_HTML + ";charset=UTF-8;qs=0.7")
    @RolesAllowed({Roles.INTEGRATION, Roles.RADIOLOGIST})
    @PatientRecord
    public Response html(
            @PathParam("reportKey") String reportKey, @QueryParam("version") String version, @Context UriInfo uri) {
        ReportView report = view(reportKey, version, uri);
        return Response.ok(HtmlReport.of(report, history(report)))
                .header("Content-Security-Policy", HtmlReport.POLICY)
                .build();
    }

    /** The same as PDF. */
    @GET
    @Path("/{reportKey}")
    @Produces(PdfReport.MEDIA_TYPE + ";qs=0.6")
    @RolesAllowed({Roles.INTEGRATION, Roles.RADIOLOGIST})
    @PatientRecord
    public byte[] pdf(
            @PathParam("reportKey") String reportKey, @QueryParam("version") String version, @Context UriInfo uri) {
        return bounded.write(view(reportKey, version, uri), PdfReport::of);
    }

    /** As a FHIR R4 bundle. */
    @GET
    @Path("/{reportKey}")
    @Produces(FhirReport.MEDIA_TYPE + ";qs=0.5")
    @RolesAllowed({Roles.INTEGRATION, Roles.RADIOLOGIST})
    @PatientRecord
    public String fhir(
            @PathParam("reportKey") String reportKey, @QueryParam("version") String version, @Context UriInfo uri) {
        return bounded.write(view(reportKey, version, uri), FhirReport::json);
    }

    /** As an HL7 v2 result. */
    @GET
    @Path("/{reportKey}")
    @Produces(OruReport.MEDIA_TYPE + ";qs=0.4")
    @RolesAllowed({Roles.INTEGRATION, Roles.RADIOLOGIST})
    @PatientRecord
    public byte[] hl7(
            @PathParam("reportKey") String reportKey, @QueryParam("version") String version, @Context UriInfo uri) {
        return bounded.write(view(reportKey, version, uri), OruReport::er7);
    }

    /** What was found in the patient's earlier studies too, over time. */
    @GET
    @Path("/{reportKey}/history")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.INTEGRATION, Roles.RADIOLOGIST})
    @PatientRecord
    public History history(
            @PathParam("reportKey") String reportKey, @QueryParam("version") String version, @Context UriInfo uri) {
        return history(view(reportKey, version, uri));
    }

    /** Reports of other studies that were made for the same order: a reader reads them together. */
    @GET
    @Path("/{reportKey}/same-order")
    @RolesAllowed({Roles.INTEGRATION, Roles.RADIOLOGIST})
    @PatientRecord
    @Produces(MediaType.APPLICATION_JSON)
    public SameOrderPage sameOrder(@PathParam("reportKey") String reportKey, @Context UriInfo uri) {
        ReportView report = view(reportKey, null, uri);
        return new SameOrderPage(
                report.reportKey(),
                sameOrder.of(
                        report.studyKey(),
                        facts.newestContext(report.studyKey()).orElse(null),
                        callers.current().sites()));
    }

    /** The mask behind a finding, as a segmentation. */
    @GET
    @Path("/{reportKey}/segmentation/{findingId}")
    @Produces("application/dicom")
    @RolesAllowed({Roles.INTEGRATION, Roles.RADIOLOGIST})
    @PatientRecord
    public byte[] segmentation(
            @PathParam("reportKey") String reportKey,
            @PathParam("findingId") String findingId,
            @QueryParam("version") String version,
            @Context UriInfo uri)
            throws IOException {
        Parameters.only(uri, "version");
        UUID key = Parameters.key("reportKey", reportKey);
        UUID finding = Parameters.key("findingId", findingId);
        int number = StoredVersion.of(reports, key, version).version();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        documents
                .segmentation(key, number, finding)
                .orElseThrow(NotFoundException::new)
                .write(file);
        return file.toByteArray();
    }

    /** Oldest first. */
    @GET
    @Path("/{reportKey}/versions")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.INTEGRATION, Roles.RADIOLOGIST, Roles.AUDITOR})
    @PatientRecord
    public Versions versions(@PathParam("reportKey") String reportKey, @Context UriInfo uri) {
        Parameters.only(uri);
        UUID key = Parameters.key("reportKey", reportKey);
        List<Versions.Entry> versions = reports.versions(key).stream()
                .map(row -> new Versions.Entry(
                        row.version(),
                        row.sequence(),
                        row.revision(),
                        ReportChanged.Status.valueOf(row.status()),
                        row.settled(),
                        row.createdAt()))
                .toList();
        if (versions.isEmpty()) {
            throw new NotFoundException();
        }
        return new Versions(key, versions);
    }

    /** What facts propose and models say otherwise, beside words that a reader has before them. */
    @GET
    @Path("/{reportKey}/proposals")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.RADIOLOGIST)
    @PatientRecord
    public Proposals proposals(@PathParam("reportKey") String reportKey, @Context UriInfo uri) {
        Parameters.only(uri);
        ReportView view = view(reportKey, null, uri);
        ReportView.Reading reading = view.reading();
        return reading == null
                ? new Proposals(view.reportKey(), view.version(), false, List.of(), List.of())
                : new Proposals(
                        view.reportKey(),
                        view.version(),
                        reading.contextChanged(),
                        reading.proposals(),
                        reading.discrepancies());
    }

    /** Who moved the report, oldest first. */
    @GET
    @Path("/{reportKey}/moves")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.RADIOLOGIST, Roles.AUDITOR})
    @PatientRecord
    public Moves moves(@PathParam("reportKey") String reportKey, @Context UriInfo uri) {
        Parameters.only(uri);
        UUID key = Parameters.key("reportKey", reportKey);
        if (reports.version(key, null).isEmpty()) {
            throw new NotFoundException();
        }
        return new Moves(key, notes.moves(key));
    }

    private ReportView view(String reportKey, String version, UriInfo uri) {
        Parameters.only(uri, "version");
        UUID key = Parameters.key("reportKey", reportKey);
        return views.of(key, StoredVersion.of(reports, key, version));
    }

    private History history(ReportView report) {
        return History.of(
                report,
                priors.of(
                        report.studyKey(),
                        facts.newestContext(report.studyKey()).orElse(null),
                        callers.current().sites()));
    }

    /** @param reports at most 50 */
    public record SameOrderPage(UUID reportKey, List<SameOrder.Other> reports) {}

    /** @param next {@code after} of the next page; left out on the last */
    public record Page(List<ReportList.Entry> reports, String next) {}

    /**
     * Of the newest version.
     *
     * @param contextChanged as {@link ReportView.Reading#contextChanged}
     */
    public record Proposals(
            UUID reportKey,
            int version,
            boolean contextChanged,
            List<ReportView.ProposalView> proposals,
            List<Held.Discrepancy> discrepancies) {}

    /** What readers did to a report. */
    public record Moves(UUID reportKey, List<ReaderNotes.Moved> moves) {}

    /** The versions of a report. */
    public record Versions(UUID reportKey, List<Entry> versions) {
        /** @param sequence in the event log */
        public record Entry(
                int version,
                long sequence,
                int revision,
                ReportChanged.Status status,
                boolean settled,
                Instant createdAt) {}
    }
}
