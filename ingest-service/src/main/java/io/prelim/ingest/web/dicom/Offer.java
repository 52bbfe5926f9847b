package io.prelim.ingest.web.dicom;

/**
 * One way in which a resource can be answered.
 *
 * @param mediaType      of each part, where {@code multipart}, else of the body
 * @param multipart      whether it is parts of {@code multipart/related}
 * @param transferSyntax its UID; null where the media type has none
 * @param byDefault      whether a client that names no transfer syntax gets it (PS3.18 section 8.7.3.5)
 * @param stored         whether nothing is encoded anew
 */
public record Offer(String mediaType, boolean multipart, String transferSyntax, boolean byDefault, boolean stored) {
    /** The media type of a body, or of a part, with its transfer syntax. */
    public String contentType() {
        return transferSyntax == null ? mediaType : mediaType + "; transfer-syntax=" + transferSyntax;
    }

    /** What an Accept header would say to get it. */
    String acceptable() {
        String syntax = transferSyntax == null ? "" : "; transfer-syntax=" + transferSyntax;
        return (multipart ? "multipart/related; type=\"" + mediaType + "\"" : mediaType) + syntax;
    }

    boolean answers(MediaRange range) {
        if (range.any()) {
            return true;
        }
        if (range.multipart() != multipart || !range.covers(mediaType)) {
            return false;
        }
        return range.transferSyntax() == null
                ? byDefault
                : range.transferSyntax().equals("*") || range.transferSyntax().equals(transferSyntax);
    }
}
