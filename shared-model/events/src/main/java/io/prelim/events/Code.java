package io.prelim.events;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A coded concept (PS3.3 section 8, HL7 CWE).
 *
 * @param scheme  coding scheme designator, such as {@code SCT}, {@code RADLEX}, {@code DCM}
 * @param value   code value
 * @param meaning code meaning for people; never interpreted
 */
public record Code(String scheme, String value, @Nullable String meaning) {
    public Code {
        Objects.requireNonNull(scheme, "scheme");
        Objects.requireNonNull(value, "value");
    }
}
