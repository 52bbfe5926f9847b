package io.prelim.access;

import java.util.List;

/** What somebody may be here; a user has one or more. */
public final class Roles {
    /** Sends images. */
    public static final String MODALITY = "modality";

    /** The hospital's other systems: they publish orders and take results. */
    public static final String INTEGRATION = "integration";

    /** Reads, reviews and signs. */
    public static final String RADIOLOGIST = "radiologist";

    /** Compares models; sees no identity. */
    public static final String MODEL_TEAM = "model-team";

    /** Runs the services; sees no identity. */
    public static final String SRE = "sre";

    /** Asks who saw what. */
    public static final String AUDITOR = "auditor";

    /** All there are. */
    public static final List<String> ALL = List.of(MODALITY, INTEGRATION, RADIOLOGIST, MODEL_TEAM, SRE, AUDITOR);

    private Roles() {}
}
