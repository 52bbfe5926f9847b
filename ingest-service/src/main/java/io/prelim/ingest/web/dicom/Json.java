package io.prelim.ingest.web.dicom;

import java.util.List;

/** Answers that are DICOM JSON (PS3.18 annex F). */
public final class Json {
    /** Its own media type, and that of all JSON for whoever asks for no other. */
    public static final List<Offer> OFFERS = List.of(
            new Offer("application/dicom+json", false, null, true, true),
            new Offer("application/json", false, null, true, true));

    private Json() {}
}
