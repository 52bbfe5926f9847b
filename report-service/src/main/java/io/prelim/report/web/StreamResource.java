package io.prelim.report.web;

import io.prelim.access.Callers;
import io.prelim.access.Roles;
import io.prelim.report.subscribe.StreamItem;
import io.prelim.report.subscribe.Streams;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.concurrent.Flow;

/**
 * Report changes as server-sent events: {@code id} is the position in the event log, data {@link io.prelim.events.ReportChanged},
 * without identity. A comment with an id opens the stream, so that it can be resumed before the first change.
 */
@Path("/api/reports/stream")
public class StreamResource {
    /** Milliseconds after which a client that lost the stream tries again. */
    private static final long RETRY = 2_000;

    private static final long RETRY_FULL_SECONDS = 10;

    private final Streams streams;
    private final Callers callers;

    StreamResource(Streams streams, Callers callers) {
        this.streams = streams;
        this.callers = callers;
    }

    /** @throws BadParameter if the id is no position; an id the log does not hold gets a {@code reset} event */
    @GET
    @RolesAllowed({Roles.INTEGRATION, Roles.RADIOLOGIST})
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<OutboundSseEvent> stream(
            @HeaderParam("Last-Event-ID") String lastEventId,
            @Context Sse sse,
            @Context HttpServerRequest request,
            @Context UriInfo uri) {
        Parameters.only(uri);
        Long after = lastEventId == null || lastEventId.isBlank()
                ? null
                : (Long) Parameters.number("Last-Event-ID", lastEventId.strip(), 0, Long.MAX_VALUE, 0);
        Flow.Publisher<StreamItem> items = streams.open(
                        after,
                        callers.current().sites(),
                        () -> request.connection().close())
                .orElseThrow(() -> new ServiceUnavailableException(RETRY_FULL_SECONDS));
        return Multi.createFrom().publisher(items).map(item -> event(sse, item));
    }

    private static OutboundSseEvent event(Sse sse, StreamItem item) {
        OutboundSseEvent.Builder event = sse.newEventBuilder().id(Long.toString(item.position()));
        if (item instanceof StreamItem.Change change) {
            return event.name("report-changed")
                    .mediaType(MediaType.TEXT_PLAIN_TYPE)
                    .data(String.class, change.event())
                    .build();
        }
        if (item instanceof StreamItem.Reset) {
            return event.name("reset")
                    .mediaType(MediaType.TEXT_PLAIN_TYPE)
                    .data(String.class, "{\"position\":" + item.position() + "}")
                    .build();
        }
        if (item instanceof StreamItem.Opened) {
            event.reconnectDelay(RETRY);
        }
        return event.comment(item instanceof StreamItem.Opened ? "open" : "heartbeat")
                .build();
    }
}
