package io.prelim.ingest.web.dicom;

import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.web.BearerTokens;
import io.prelim.ingest.web.Refused;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/** Lets a request through that shows one of {@code prelim.dicom-web.tokens}; without one configured, none. */
@Provider
@IdentifiedData
public class ReadersOnly implements ContainerRequestFilter {
    private final BearerTokens readers;

    @Inject
    public ReadersOnly(IngestConfig config) {
        this.readers = new BearerTokens(config.dicomWeb().tokens());
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (readers.owners(request.getHeaderString(HttpHeaders.AUTHORIZATION)).isEmpty()) {
            throw new Refused(401, "The request needs a bearer token that is known here.");
        }
    }
}
