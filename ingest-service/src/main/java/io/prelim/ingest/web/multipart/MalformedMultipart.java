package io.prelim.ingest.web.multipart;

import java.io.IOException;

/** A body that is no multipart body of its boundary, or passes a bound. Its message holds nothing of what was sent. */
public final class MalformedMultipart extends IOException {
    private static final long serialVersionUID = 1L;

    /** The families that are answered differently. */
    public enum Kind {
        /** It breaks RFC 2046. */
        SYNTAX,
        /** A bound of {@link MultipartLimits} was passed. */
        LIMIT,
        /** It ended before its close-delimiter. */
        TRUNCATED
    }

    private final Kind kind;

    MalformedMultipart(Kind kind, String what, long offset) {
        super(what + " at byte " + offset);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
