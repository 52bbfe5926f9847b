package io.prelim.ingest.web;

import io.prelim.ingest.index.DamagedParts;
import io.prelim.ingest.storage.StoreCopy;
import io.prelim.ingest.storage.StoreState;
import io.prelim.store.SegmentFailure;
import io.prelim.store.SegmentFile;
import io.prelim.store.SegmentLog;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** How the store is, for its operator. */
@Path("/api/store")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
public class StoreResource {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;
    private static final UUID NIL = new UUID(0, 0);

    private final SegmentLog log;
    private final StoreState state;
    private final StoreCopy copy;
    private final DamagedParts damaged;

    StoreResource(SegmentLog log, StoreState state, StoreCopy copy, DamagedParts damaged) {
        this.log = log;
        this.state = state;
        this.copy = copy;
        this.damaged = damaged;
    }

    @GET
    public Store store(@Context UriInfo uri) throws IOException {
        Parameters.only(uri, Set.of());
        List<SegmentFile> segments = log.segments();
        return new Store(
                log.writable(),
                log.freeBytes(),
                segments.size(),
                segments.stream().mapToLong(SegmentFile::bytes).sum(),
                damaged.count(),
                state.failures(),
                state.lastFailure().orElse(null),
                copy.state().orElse(null));
    }

    /** Parts that are not served. @param after the {@code next} of the page before */
    @GET
    @Path("/damaged")
    public Page damaged(@QueryParam("after") String after, @QueryParam("limit") String limit, @Context UriInfo uri) {
        Parameters.only(uri, Set.of("after", "limit"));
        int count = Parameters.number("limit", limit, 1, MAX_LIMIT, DEFAULT_LIMIT);
        List<DamagedParts.DamagedPart> found =
                damaged.page(after == null ? NIL : Parameters.key("after", after), count + 1);
        boolean more = found.size() > count;
        List<DamagedParts.DamagedPart> page = more ? List.copyOf(found.subList(0, count)) : found;
        return new Page(page, more ? page.get(count - 1).partId().toString() : null);
    }

    /**
     * @param writable     whether an object would be taken now, as far as the volume goes
     * @param segmentBytes of all files; sparse ones take less
     * @param failures     writes and syncs that failed since the start
     * @param lastFailure  left out when there was none
     * @param copy         the second one; left out where there is none
     */
    public record Store(
            boolean writable,
            long freeBytes,
            int segments,
            long segmentBytes,
            long damagedParts,
            long failures,
            SegmentFailure lastFailure,
            StoreCopy.State copy) {}

    /** @param next {@code after} of the next page; left out on the last */
    public record Page(List<DamagedParts.DamagedPart> parts, String next) {}
}
