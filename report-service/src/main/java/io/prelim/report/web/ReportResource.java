package io.prelim.report.web;

import io.prelim.events.ReportChanged;
import io.prelim.report.archive.Documents;
import io.prelim.report.draft.Draft;
import io.prelim.report.render.ReportView;
import io.prelim.report.render.TextReport;
import io.prelim.report.store.FactStore;
import io.prelim.report.store.ReportList;
import io.prelim.report.store.ReportStore;
import io.prelim.report.store.VersionRow;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
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
    private final Documents documents;

    ReportResource(ReportStore reports, ReportList list, FactStore facts, Documents documents) {
        this.reports = reports;
        this.list = list;
        this.facts = facts;
        this.documents = documents;
    }

    /** No identity. {@code after} is the {@code next} of the page before. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Page list(
            @QueryParam("studyInstanceUid") String studyInstanceUid,
            @QueryParam("status") String status,
            @QueryParam("after") String after,
            @QueryParam("limit") String limit,
            @Context UriInfo uri) {
        Parameters.only(uri, "studyInstanceUid", "status", "after", "limit");
        int count = (int) Parameters.number("limit", limit, 1, MAX_LIMIT, DEFAULT_LIMIT);
        List<ReportList.Entry> entries = list.page(
                Parameters.uid("studyInstanceUid", studyInstanceUid),
                Parameters.status("status", status),
                Parameters.number("after", after, 1, Long.MAX_VALUE, Long.MAX_VALUE),
                count + 1);
        boolean more = entries.size() > count;
        List<ReportList.Entry> page = more ? entries.subList(0, count) : entries;
        return new Page(
                List.copyOf(page), more ? Long.toString(page.get(count - 1).cursor()) : null);
    }

    @GET
    @Path("/{reportKey}")
    @Produces(MediaType.APPLICATION_JSON)
    public ReportView json(
            @PathParam("reportKey") String reportKey, @QueryParam("version") String version, @Context UriInfo uri) {
        return view(reportKey, version, uri);
    }

    @GET
    @Path("/{reportKey}")
    @Produces(MediaType.TEXT_PLAIN + ";charset=UTF-8;qs=0.9")
    public String text(
            @PathParam("reportKey") String reportKey, @QueryParam("version") String version, @Context UriInfo uri) {
        return TextReport.of(view(reportKey, version, uri));
    }

    /** As a structured report. */
    @GET
    @Path("/{reportKey}")
    @Produces("application/dicom;qs=0.8")
    public byte[] dicom(
            @PathParam("reportKey") String reportKey, @QueryParam("version") String version, @Context UriInfo uri)
            throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        documents.report(view(reportKey, version, uri)).write(file);
        return file.toByteArray();
    }

    /** The mask behind a finding, as a segmentation. */
    @GET
    @Path("/{reportKey}/segmentation/{findingId}")
    @Produces("application/dicom")
    public byte[] segmentation(
            @PathParam("reportKey") String reportKey,
            @PathParam("findingId") String findingId,
            @QueryParam("version") String version,
            @Context UriInfo uri)
            throws IOException {
        Parameters.only(uri, "version");
        UUID key = Parameters.key("reportKey", reportKey);
        UUID finding = Parameters.key("findingId", findingId);
        int number = StoredDraft.version(reports, key, version).row().version();
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

    private ReportView view(String reportKey, String version, UriInfo uri) {
        Parameters.only(uri, "version");
        UUID key = Parameters.key("reportKey", reportKey);
        StoredDraft stored = StoredDraft.version(reports, key, version);
        VersionRow row = stored.row();
        Draft draft = stored.draft();
        return ReportView.of(
                key,
                row.version(),
                row.sequence(),
                ReportChanged.Status.valueOf(row.status()),
                row.createdAt(),
                draft,
                facts.context(row.contextId()).orElse(null),
                facts.signed(draft.studyKey()));
    }

    /** @param next {@code after} of the next page; left out on the last */
    public record Page(List<ReportList.Entry> reports, String next) {}

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
