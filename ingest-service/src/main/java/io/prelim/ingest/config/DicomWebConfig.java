package io.prelim.ingest.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What is read over DICOMweb: WADO-RS and QIDO-RS. Storing is {@link IngestConfig#stow()}. */
public interface DicomWebConfig {
    /** Bearer tokens of who may read, by a name of the site's. Without one nobody may: what is read identifies patients. */
    Map<String, String> tokens();

    /** What URLs in answers begin with, such as {@code https://pacs.example/dicom-web}; absent: as the request was addressed. */
    Optional<URI> baseUrl();

    /** At the same time, of both services; one more is answered 503. */
    @WithDefault("16")
    @Min(1)
    @Max(1000)
    int maxRequests();

    /** Longest value of bytes that stands in metadata; a longer one is a BulkDataURI. */
    @WithDefault("1K")
    MemorySize maxInline();

    /** Frames decoded or drawn at the same time, each in the memory of its code stream and samples. */
    @WithDefault("2")
    @Min(1)
    @Max(64)
    int decodesAtOnce();

    /** Bytes of a frame's samples, and of its code stream; a larger one is answered 422. */
    @WithDefault("256M")
    MemorySize maxFrameSize();

    /** For one frame to be decoded; a slower one is answered 422. */
    @WithDefault("10S")
    Duration decodeTimeout();

    /** Bytes that a deflated object's pixel data may take on disk while a request reads it; more is answered 422. */
    @WithDefault("1G")
    MemorySize maxInflated();

    /** Bytes of thumbnails that are kept in memory; 0 for none. */
    @WithDefault("16M")
    MemorySize thumbnailCache();

    /** Matches of a search that does not say how many it wants. */
    @WithDefault("100")
    @Min(1)
    int defaultResults();

    /** Matches of one search at most; what is more is told of by a Warning. */
    @WithDefault("500")
    @Min(1)
    @Max(10000)
    int maxResults();

    /** Matches that a search may pass over. */
    @WithDefault("100000")
    @Min(0)
    int maxOffset();

    /** For the database to answer one search; after it the answer is 503. */
    @WithDefault("10S")
    Duration searchTimeout();
}
