package io.prelim.report.template;

import io.prelim.events.Code;

/** Codes as a site writes them: {@code SCHEME^CODE^MEANING}, the meaning where there is one. */
final class Codes {
    private Codes() {}

    static Code read(YamlPlace place, String what) throws BadSiteFile {
        String text = place.matching(
                what,
                "[^\\^|\\p{Cntrl}]{1,64}\\^[^\\^|\\p{Cntrl}]{1,64}(\\^[^\\^|\\p{Cntrl}]{1,200})?",
                "SCHEME^CODE or SCHEME^CODE^MEANING, such as SCT^399208008^Plain chest X-ray");
        String[] parts = text.split("\\^");
        return new Code(parts[0], parts[1], parts.length > 2 ? parts[2] : null);
    }

    /** Without its meaning, which is for people. */
    static String key(Code code) {
        return code.scheme() + "^" + code.value();
    }
}
