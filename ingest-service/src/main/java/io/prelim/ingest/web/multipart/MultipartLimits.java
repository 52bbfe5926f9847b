package io.prelim.ingest.web.multipart;

/**
 * The bounds of one body.
 *
 * @param maxParts parts, at least 1
 * @param maxHeaderBytes bytes of one part's header, its line ends among them, 2 to 65536
 * @param maxBytes bytes of the whole body, what surrounds the parts among them, at least 1
 */
public record MultipartLimits(int maxParts, int maxHeaderBytes, long maxBytes) {
    private static final int MAX_HEADER_BYTES = 64 << 10;

    public MultipartLimits {
        if (maxParts < 1 || maxHeaderBytes < 2 || maxHeaderBytes > MAX_HEADER_BYTES || maxBytes < 1) {
            throw new IllegalArgumentException("limits of a multipart body out of range");
        }
    }
}
