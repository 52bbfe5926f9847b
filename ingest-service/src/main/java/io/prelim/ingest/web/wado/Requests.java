package io.prelim.ingest.web.wado;

import io.prelim.ingest.web.Parameters;
import io.prelim.ingest.web.dicom.Accept;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;

/** What all retrieve requests have in common. */
final class Requests {
    private static final String ACCEPT = "accept";

    private Requests() {}

    /** By the accept parameter, which goes before the headers (PS3.18 section 8.3.3.1); no other parameter is known. */
    static Accept accept(HttpHeaders headers, UriInfo uri) {
        return accept(headers, uri, Set.of(ACCEPT));
    }

    /** The same where other parameters are known, too. */
    static Accept accept(HttpHeaders headers, UriInfo uri, Set<String> parameters) {
        Parameters.only(uri, parameters);
        String parameter = uri.getQueryParameters().getFirst(ACCEPT);
        return Accept.of(parameter != null ? List.of(parameter) : headers.getRequestHeader(HttpHeaders.ACCEPT));
    }

    static void close(OpenInstance open) {
        try {
            open.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
