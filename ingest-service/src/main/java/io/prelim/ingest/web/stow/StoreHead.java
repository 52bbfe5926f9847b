package io.prelim.ingest.web.stow;

import io.prelim.dicom.core.Uid;
import io.prelim.ingest.web.multipart.ContentType;
import io.prelim.ingest.web.multipart.MultipartReader;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a store request is, by its head alone (PS3.18 section 10.5.1). */
sealed interface StoreHead {
    String DICOM = "application/dicom";
    String DICOM_JSON = "application/dicom+json";
    List<String> TYPES = List.of(DICOM, DICOM_JSON);

    /**
     * @param type of its parts, or of its only one: {@link #DICOM} or {@link #DICOM_JSON}
     * @param boundary of its parts; null for a body that is one part
     */
    record Readable(String type, String boundary) implements StoreHead {}

    /** @param detail what is wrong, without what was sent */
    record Refused(int status, String detail) implements StoreHead {}

    /**
     * @param study of the address, or null
     * @param contentType and so on: the header's value, or null
     * @param contentLength -1 where the request does not say
     */
    static StoreHead of(
            String study,
            String contentType,
            String contentEncoding,
            String accept,
            long contentLength,
            long maxRequestSize) {
        if (study != null && !Uid.isValid(study)) {
            return new Refused(400, "The study of the address is no UID.");
        }
        if (!acceptable(accept)) {
            return new Refused(406, "The answer is " + DICOM_JSON + ".");
        }
        if (contentEncoding != null && !contentEncoding.strip().equalsIgnoreCase("identity")) {
            return new Refused(415, "The body must not be encoded.");
        }
        if (contentLength > maxRequestSize) {
            return new Refused(413, "The request is longer than " + maxRequestSize + " bytes.");
        }
        if (contentType == null) {
            return new Refused(415, "The request has no Content-Type.");
        }
        Optional<ContentType> type = ContentType.parse(contentType);
        return type.isEmpty() ? new Refused(400, "The Content-Type is no media type.") : of(type.get());
    }

    private static StoreHead of(ContentType type) {
        if (TYPES.contains(type.type())) {
            return new Readable(type.type(), null);
        }
        if (!type.is("multipart/related")) {
            return new Refused(415, "The body must be multipart/related, or one of " + TYPES + ".");
        }
        String root = type.parameter("type");
        if (root == null) {
            return new Refused(400, "multipart/related needs a type (RFC 2387).");
        }
        if (!TYPES.contains(root.toLowerCase(Locale.ROOT))) {
            return new Refused(415, "The type of multipart/related must be one of " + TYPES + ".");
        }
        String boundary = type.parameter("boundary");
        return MultipartReader.isBoundary(boundary)
                ? new Readable(root.toLowerCase(Locale.ROOT), boundary)
                : new Refused(400, "multipart/related needs a boundary of 1 to 128 characters (RFC 2046).");
    }

    /** Whether DICOM JSON, the only form of our answer, is among what is asked for (RFC 9110 section 12.5.1). */
    private static boolean acceptable(String accept) {
        if (accept == null || accept.isBlank()) {
            return true;
        }
        for (String range : accept.split(",", -1)) {
            Optional<ContentType> asked = ContentType.parse(range.strip());
            if (asked.isPresent()
                    && (asked.get().is(DICOM_JSON)
                            || asked.get().is("application/*")
                            || asked.get().is("*/*"))
                    && !refusedByWeight(asked.get())) {
                return true;
            }
        }
        return false;
    }

    private static boolean refusedByWeight(ContentType asked) {
        String weight = asked.parameter("q");
        return weight != null && weight.matches("0(\\.0{0,3})?");
    }
}
