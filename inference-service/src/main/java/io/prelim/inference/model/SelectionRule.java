package io.prelim.inference.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which images a model reads, over the pseudonymised context alone. The planner asks it about series, the worker about images, so that
 * both decide by one rule.
 *
 * @param maxImages 1 or more; a study with more matching images is declined rather than read in part
 */
public record SelectionRule(
        Choice modality,
        Choice bodyPart,
        Choice viewPosition,
        Choice ageBand,
        int maxImages,
        boolean burnedInAccepted) {

    /** Why images of this kind are not read; empty when they are. The text repeats coded values only as far as they are plain codes. */
    public Optional<String> refusal(
            @Nullable String modality, @Nullable String bodyPart, @Nullable String viewPosition, boolean burnedIn) {
        List<String> reasons = new ArrayList<>();
        this.modality.refusal("modality", modality).ifPresent(reasons::add);
        this.bodyPart.refusal("body part", bodyPart).ifPresent(reasons::add);
        this.viewPosition.refusal("view position", viewPosition).ifPresent(reasons::add);
        if (burnedIn && !burnedInAccepted) {
            reasons.add("identity may be burned into the pixels");
        }
        return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", reasons));
    }

    /**
     * What one attribute may say.
     *
     * @param anyOf         upper-case codes; empty allows any
     * @param absentAllowed whether an image that does not say is read
     */
    public record Choice(Set<String> anyOf, boolean absentAllowed) {
        public static final Choice ANY = new Choice(Set.of(), true);

        public Choice {
            Set<String> upper = new TreeSet<>();
            anyOf.forEach(value -> upper.add(value.strip().toUpperCase(Locale.ROOT)));
            anyOf = upper;
        }

        @Override
        public Set<String> anyOf() {
            return java.util.Collections.unmodifiableSet(anyOf);
        }

        /** Why a value is not allowed, in words; empty when it is. */
        public Optional<String> refusal(String what, @Nullable String value) {
            if (value == null || value.isBlank()) {
                return absentAllowed ? Optional.empty() : Optional.of(what + " is not given");
            }
            String code = value.strip().toUpperCase(Locale.ROOT);
            if (anyOf.isEmpty() || anyOf.contains(code)) {
                return Optional.empty();
            }
            return Optional.of(what + " " + plainCode(code) + " is not " + String.join(" or ", anyOf));
        }

        /** What a sender wrote goes into a report only if it is a code (PS3.5 6.2, CS): anything else could be anything. */
        private static String plainCode(String value) {
            return value.matches("[A-Z0-9 _]{1,16}") ? value : "(not a code)";
        }
    }
}
