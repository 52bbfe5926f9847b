package io.prelim.ingest.config;

import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.util.List;
import java.util.Optional;

/** Who may send HL7, and whose numbers it sends. */
public interface Hl7PeerConfig {
    /** It may connect from: {@code address} or {@code network/bits}. */
    List<String> networks();

    /** What MSH-3 may name; none: anything. Another is answered AR. */
    Optional<List<String>> applications();

    /** Its connections at the same time; one more is closed. */
    @WithDefault("4")
    @Min(1)
    @Max(1000)
    int maxConnections();

    /** Of a message without MSH-18 (HL7 table 0211). */
    @WithDefault("8859/1")
    @NotBlank
    String characterSet();

    /** Where the accession number of an order is, when it has no IPC-1. */
    @WithDefault("OBR_18")
    AccessionField accessionField();

    /** The site whose policy applies to its orders; none: {@link IngestConfig#site()}. */
    Optional<String> site();

    /** Of patient ids that do not name their assigning authority; none: {@link IdentityConfig#patientIssuer()}. */
    Optional<String> patientIssuer();

    /** Issuers whose patients it may tell of, beside the one above; none: anybody's. Of another's it is answered AR. */
    Optional<List<String>> patientIssuers();

    /** None: {@link IdentityConfig#accessionIssuer()}. */
    Optional<String> accessionIssuer();

    /** None: {@link IdentityConfig#orderIssuer()}. */
    Optional<String> orderIssuer();

    /** A field that sites keep the accession number in. */
    enum AccessionField {
        /** Placer field 1. */
        OBR_18,
        /** Filler order number. */
        OBR_3,
        /** Placer order number. */
        OBR_2
    }
}
