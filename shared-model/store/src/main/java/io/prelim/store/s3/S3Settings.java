package io.prelim.store.s3;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the store is, and how it is asked.
 *
 * @param endpoint of a store that speaks S3; null for Amazon's, by region
 * @param prefix before every key, without a {@code /} at its ends; may be empty
 * @param pathStyle whether the bucket is part of the path, not of the host name
 * @param accessKey file that holds the access key id; null for the client's own places: environment, profile, the machine's role
 * @param secretKey file that holds the secret key; given just when the other is. Both are read anew for each request
 * @param attemptTimeout of one request, its answer included
 */
public record S3Settings(
        URI endpoint,
        String region,
        String bucket,
        String prefix,
        boolean pathStyle,
        Path accessKey,
        Path secretKey,
        Duration connectTimeout,
        Duration attemptTimeout) {
    public S3Settings {
        if (bucket.isBlank()) {
            throw new IllegalArgumentException("the bucket has no name");
        }
        if (prefix.startsWith("/") || prefix.endsWith("/")) {
            throw new IllegalArgumentException("the prefix begins or ends with a /");
        }
        if ((accessKey == null) != (secretKey == null)) {
            throw new IllegalArgumentException("one of both credential files is missing");
        }
    }
}
