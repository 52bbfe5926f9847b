package io.prelim.report.web;

import io.prelim.access.Roles;
import io.prelim.events.PartReference;
import io.prelim.report.draft.Draft;
import io.prelim.report.draft.Evidence;
import io.prelim.report.store.EvidenceStore;
import io.prelim.report.store.ReportStore;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;

/** The map or mask behind a finding of a report. */
@Path("/api/reports/{reportKey}/evidence/{findingId}")
@Transactional
public class FindingEvidence {
    private static final int CHUNK = 1 << 20;

    private final ReportStore reports;
    private final EvidenceStore store;

    FindingEvidence(ReportStore reports, EvidenceStore store) {
        this.reports = reports;
        this.store = store;
    }

    /** Of the newest version, or of one; its bytes as they were stored, tagged with their digest. */
    @GET
    @RolesAllowed({Roles.INTEGRATION, Roles.RADIOLOGIST})
    @PatientRecord
    public Response evidence(
            @PathParam("reportKey") String reportKey,
            @PathParam("findingId") String findingId,
            @QueryParam("version") String version,
            @Context UriInfo uri) {
        Parameters.only(uri, "version");
        UUID finding = Parameters.key("findingId", findingId);
        Draft draft = StoredVersion.of(reports, Parameters.key("reportKey", reportKey), version)
                .read();
        PartReference part = part(draft, finding).orElseThrow(NotFoundException::new);
        EvidenceStore.Stored stored = store.find(part).orElseThrow(NotFoundException::new);
        return Response.ok((StreamingOutput) out -> {
                    for (int from = 0; from < stored.length(); from += CHUNK) {
                        out.write(store.read(part, from, CHUNK)
                                .orElseThrow(() -> new IOException("evidence went while it was read")));
                    }
                })
                .type(stored.mediaType())
                .header(HttpHeaders.CONTENT_LENGTH, stored.length())
                .header(HttpHeaders.ETAG, "\"" + part.digest() + "\"")
                .build();
    }

    private static Optional<PartReference> part(Draft draft, UUID finding) {
        return draft.sections().values().stream()
                .flatMap(sentences -> sentences.stream())
                .flatMap(sentence -> sentence.evidence().stream())
                .filter(Evidence.OfFinding.class::isInstance)
                .map(Evidence.OfFinding.class::cast)
                .filter(each -> each.findingId().equals(finding) && each.part() != null)
                .map(Evidence.OfFinding::part)
                .findFirst();
    }
}
