package io.prelim.ingest.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.prelim.events.EventJson;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerResponseContext;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** The one JSON mapper for HTTP too, and headers that every answer carries. */
class Plumbing {
    @Produces
    @Singleton
    ObjectMapper mapper() {
        return EventJson.mapper();
    }

    @ServerResponseFilter
    void headers(ContainerResponseContext response) {
        response.getHeaders().putSingle("X-Content-Type-Options", "nosniff");
        response.getHeaders().putSingle("Cache-Control", "no-store");
    }
}
