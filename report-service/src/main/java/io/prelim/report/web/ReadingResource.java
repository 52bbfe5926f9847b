package io.prelim.report.web;

import io.prelim.access.Callers;
import io.prelim.access.Roles;
import io.prelim.access.audit.AuditEntry;
import io.prelim.events.EventJson;
import io.prelim.events.ReportChanged;
import io.prelim.report.desk.ReadingDesk;
import io.prelim.report.desk.ReadingDesk.Answer;
import io.prelim.report.lifecycle.Command.Act;
import io.prelim.report.store.ReaderNotes;
import io.prelim.report.store.ReportStore;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What readers do with a report. Each move names the version it is of in {@code If-Match}: 428 without, 412 when there is a newer one,
 * 409 when it is not legal from where the report stands. A reader is who signed in; where no authentication is configured, who
 * they say.
 */
@Path("/api/reports/{reportKey}/{move:claim|release|review|sign|addendum|correction|retraction}")
@Blocking
public class ReadingResource {
    private static final int MOST_CHANGES = 50;
    private static final Map<String, Act> ACTS = Map.of(
            "claim", Act.CLAIM,
            "release", Act.RELEASE,
            "review", Act.REVIEW,
            "sign", Act.SIGN,
            "addendum", Act.ADDEND,
            "correction", Act.CORRECT,
            "retraction", Act.RETRACT);

    private final ReadingDesk desk;
    private final ReportStore reports;
    private final ReaderNotes notes;
    private final Callers callers;

    ReadingResource(ReadingDesk desk, ReportStore reports, ReaderNotes notes, Callers callers) {
        this.desk = desk;
        this.reports = reports;
        this.notes = notes;
        this.callers = callers;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.RADIOLOGIST)
    public Response move(
            @PathParam("reportKey") String reportKey,
            @PathParam("move") String move,
            @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
            @Context UriInfo uri,
            InputStream body) {
        Parameters.only(uri);
        UUID key = Parameters.key("reportKey", reportKey);
        if (ifMatch == null) {
            return Problem.response(
                    428, "If-Match must name the version of the report that this is about.", HttpHeaders.IF_MATCH);
        }
        int version = ReaderRequest.version(ifMatch);
        return ask(key, version, ReaderRequest.read(ACTS.get(move), body, callers.current()));
    }

    /** Once the body is read, as nobody should hold a transaction up by sending slowly. */
    @Transactional
    @PatientRecord(AuditEntry.Action.UPDATE)
    Response ask(UUID key, int version, ReadingDesk.Asked asked) {
        Answer answer = desk.ask(key, version, asked);
        if (answer instanceof Answer.Done done) {
            return Response.ok(new Moved(key, done.version(), done.status()))
                    .header(HttpHeaders.ETAG, "\"" + done.version() + "\"")
                    .build();
        }
        if (answer instanceof Answer.Stale stale) {
            return conflict(
                    412,
                    "The report has another version: read it, and ask again.",
                    stale.version(),
                    changes(key, version));
        }
        if (answer instanceof Answer.Refused refused) {
            return conflict(409, refused.why().text(), refused.version(), null);
        }
        throw new NotFoundException();
    }

    private List<Change> changes(UUID reportKey, int version) {
        Map<Integer, ReaderNotes.Moved> moves = notes.moves(reportKey).stream()
                .collect(Collectors.toMap(ReaderNotes.Moved::version, Function.identity()));
        return reports.after(reportKey, version, MOST_CHANGES).stream()
                .map(row -> {
                    Optional<ReaderNotes.Moved> made = Optional.ofNullable(moves.get(row.version()));
                    return new Change(
                            row.version(),
                            ReportChanged.Status.valueOf(row.status()),
                            row.settled(),
                            row.revision(),
                            row.createdAt(),
                            made.map(ReaderNotes.Moved::move).orElse(null),
                            made.map(ReaderNotes.Moved::by).orElse(null));
                })
                .toList();
    }

    private static Response conflict(int status, String detail, int version, List<Change> changes) {
        Response.Status known = Response.Status.fromStatusCode(status);
        return Response.status(status)
                .entity(EventJson.write(
                        new Conflict("about:blank", known.getReasonPhrase(), status, detail, version, changes)))
                .type(Problem.MEDIA_TYPE)
                .header(HttpHeaders.ETAG, "\"" + version + "\"")
                .build();
    }

    /** The version that a move made. */
    public record Moved(UUID reportKey, int version, ReportChanged.Status status) {}

    /**
     * RFC 9457, with what a client needs to try again.
     *
     * @param version the newest
     * @param changes the versions since the client's, oldest first, at most 50; null, and left out, unless there is a newer one
     */
    record Conflict(String type, String title, int status, String detail, int version, List<Change> changes) {}

    /**
     * @param move null, and left out, where facts made the version
     * @param by   the reader's id; as {@code move}
     */
    record Change(
            int version,
            ReportChanged.Status status,
            boolean settled,
            int revision,
            Instant createdAt,
            Act move,
            String by) {}
}
