package io.prelim.ingest.web.dicom;

import io.prelim.ingest.web.Refused;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/** Lets a request through that a reader makes. Made before there is a configuration, which {@link Readers} looks at when first asked. */
@Provider
@IdentifiedData
public class ReadersOnly implements ContainerRequestFilter {
    private final Readers readers;

    @Inject
    ReadersOnly(Readers readers) {
        this.readers = readers;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (!readers.include(request.getHeaderString(HttpHeaders.AUTHORIZATION))) {
            throw new Refused(401, "The request needs a bearer token that is known here.");
        }
    }
}
