package io.prelim.ingest.web.qido;

import io.prelim.dicom.dictionary.Dictionary;
import io.prelim.dicom.dictionary.DictionaryEntry;
import io.prelim.ingest.web.BadParameter;
import io.prelim.ingest.web.Parameters;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A search as its address says it (PS3.18 section 8.3.4). Says what is wrong of a parameter by names of ours alone: what was sent may name a
 * patient. Pure.
 *
 * @param level    what is searched for
 * @param path     UIDs of the address
 * @param keys     what must match; universal matching is no key
 * @param included what is returned beside what always is
 * @param fuzzy    whether semantic matching of names was asked for, which is not done
 * @param limit    at most
 * @param offset   matches passed over
 */
record Query(Level level, Path path, List<Key> keys, Set<Attribute> included, boolean fuzzy, int limit, int offset) {
    private static final Set<String> PLAIN = Set.of("limit", "offset", "fuzzymatching", "accept");
    private static final String INCLUDE = "includefield";
    private static final String ALL = "all";
    private static final Set<String> KEYWORDS = Dictionary.standard().entries().stream()
            .map(DictionaryEntry::keyword)
            .collect(Collectors.toUnmodifiableSet());

    Query {
        keys = List.copyOf(keys);
        included = included.isEmpty() ? Set.of() : Set.copyOf(included);
    }

    /** @param study null where the address names none, likewise the series */
    record Path(String study, String series) {}

    /** @param value what the attribute must match, as it was sent */
    record Key(Attribute attribute, String value) {
        /** Shows no value: it may identify a patient. */
        @Override
        public String toString() {
            return "Key[" + attribute + "]";
        }
    }

    /** How many matches are given. */
    record Bounds(int defaultResults, int maxResults, int maxOffset) {}

    /**
     * @param parameters values by name, as they were sent
     * @throws BadParameter for a parameter that is not known, given twice, or not of its form
     */
    static Query parse(Level level, Path path, Map<String, List<String>> parameters, Bounds bounds) {
        List<Key> keys = new ArrayList<>();
        Set<Attribute> included = EnumSet.noneOf(Attribute.class);
        for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
            String name = parameter.getKey();
            if (name.equals(INCLUDE)) {
                parameter.getValue().forEach(value -> include(value, level, included));
            } else if (!PLAIN.contains(name)) {
                Attribute attribute = key(name, level);
                String value = single(Attribute.hex(attribute.tag()), parameter.getValue());
                if (universal(value)) {
                    included.add(attribute);
                } else {
                    keys.add(new Key(attribute, Values.checked(attribute, value)));
                    included.add(attribute);
                }
            }
        }
        int limit = Parameters.number(
                "limit",
                plain(parameters, "limit"),
                1,
                999_999_999,
                Math.min(bounds.defaultResults(), bounds.maxResults()));
        return new Query(
                level,
                path,
                keys,
                included,
                Parameters.truth("fuzzymatching", plain(parameters, "fuzzymatching")),
                Math.min(limit, bounds.maxResults()),
                Parameters.number("offset", plain(parameters, "offset"), 0, bounds.maxOffset(), 0));
    }

    /** The accept parameter, or null. */
    static String accept(Map<String, List<String>> parameters) {
        return plain(parameters, "accept");
    }

    private static String plain(Map<String, List<String>> parameters, String name) {
        List<String> values = parameters.get(name);
        return values == null ? null : single(name, values);
    }

    private static String single(String name, List<String> values) {
        if (values.size() != 1) {
            throw new BadParameter(name, "is given more than once");
        }
        return values.get(0);
    }

    private static boolean universal(String value) {
        return value.isEmpty() || value.chars().allMatch(c -> c == '*');
    }

    private static Attribute key(String name, Level level) {
        Attribute attribute = Attribute.of(name);
        if (attribute == null
                || attribute.matching() == Matching.NONE
                || attribute.level().compareTo(level) > 0) {
            throw new BadParameter("query", "has a parameter that this resource is not searched by");
        }
        return attribute;
    }

    /** What is an attribute but not kept here is passed over (PS3.18 section 8.3.4.3). */
    private static void include(String value, Level level, Set<Attribute> included) {
        for (String name : value.split(",", -1)) {
            if (name.equals(ALL)) {
                add(included, attribute -> attribute.level().compareTo(level) <= 0);
            } else if (Attribute.of(name) != null) {
                Attribute named = Attribute.of(name);
                add(included, attribute -> attribute == named && named.level().compareTo(level) <= 0);
            } else if (!isAttribute(name)) {
                throw new BadParameter(INCLUDE, "must be all, or keywords or tags with commas between them");
            }
        }
    }

    private static void add(Set<Attribute> included, Predicate<Attribute> which) {
        for (Attribute attribute : Attribute.values()) {
            if (which.test(attribute)) {
                included.add(attribute);
            }
        }
    }

    /** A path of keywords or tags. */
    private static boolean isAttribute(String name) {
        for (String piece : name.split("\\.", -1)) {
            if (!piece.matches("[0-9A-Fa-f]{8}") && !KEYWORDS.contains(piece)) {
                return false;
            }
        }
        return true;
    }

    /** Whether an attribute is part of each match. */
    boolean returns(Attribute attribute) {
        if (attribute.level().compareTo(level) > 0) {
            return false;
        }
        return included.contains(attribute) || attribute.always() && !given(attribute.level());
    }

    /** Whether the address says which it is, so that what is above need not be told again. */
    private boolean given(Level above) {
        return above != level && (above == Level.STUDY ? path.study() != null : path.series() != null);
    }
}
