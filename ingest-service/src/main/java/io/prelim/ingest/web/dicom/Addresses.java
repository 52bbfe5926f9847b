package io.prelim.ingest.web.dicom;

import io.prelim.ingest.config.IngestConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.Optional;

/** URLs of resources (PS3.18 section 10.3), as the site is reached: configured, or as the request was addressed. */
@ApplicationScoped
public class Addresses {
    public static final String ROOT = "/dicom-web";

    private final Optional<URI> configured;

    Addresses(IngestConfig config) {
        this.configured = config.dicomWeb().baseUrl();
    }

    /** Of the service, without a slash at its end. */
    public String service(UriInfo uri) {
        String base = configured
                .map(URI::toString)
                .orElseGet(() -> trimmed(uri.getBaseUri().toString()) + ROOT);
        return trimmed(base);
    }

    private static String trimmed(String base) {
        return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    }

    /** Below a service. @param series null for the study; @param instance null for the series */
    public static String of(String service, String study, String series, String instance) {
        StringBuilder url = new StringBuilder(service).append("/studies/").append(study);
        if (series != null) {
            url.append("/series/").append(series);
        }
        if (instance != null) {
            url.append("/instances/").append(instance);
        }
        return url.toString();
    }
}
