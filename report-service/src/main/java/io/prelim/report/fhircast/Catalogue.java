package io.prelim.report.fhircast;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The events of a hub. Names compare without case (FHIRcast 2.3), and leave in the catalogue's spelling. */
final class Catalogue {
    static final String SYNC_ERROR = "SyncError";
    static final String HEARTBEAT = "Heartbeat";
    static final String OPEN = "-open";
    static final String CLOSE = "-close";
    static final String UPDATE = "-update";
    static final String SELECT = "-select";
    static final String REPORT = "DiagnosticReport";

    private static final List<String> NAMES = List.of(
            "Patient-open",
            "Patient-close",
            "ImagingStudy-open",
            "ImagingStudy-close",
            REPORT + OPEN,
            REPORT + UPDATE,
            REPORT + SELECT,
            REPORT + CLOSE,
            SYNC_ERROR,
            HEARTBEAT);

    /** {@code Patient-*}, {@code *-open}, {@code *-*}; a name of an organisation's own has no dash. */
    private static final Pattern WILD = Pattern.compile("(\\*|[A-Za-z]{1,64})-(\\*|[a-z]{1,16})");

    private final Map<String, String> names = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /** @param relayed further names that are handed on as they come */
    Catalogue(Collection<String> relayed) {
        NAMES.forEach(each -> names.put(each, each));
        relayed.forEach(each -> names.putIfAbsent(each, each));
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(names.get(name));
    }

    /** Whether the hub knows what the event must carry. */
    static boolean known(String name) {
        return NAMES.contains(name);
    }

    List<String> names() {
        return List.copyOf(names.values());
    }

    /**
     * What of a list is granted: names and wild cards of it that this hub has.
     *
     * @param events separated by commas
     * @return empty when there is none
     */
    Set<String> granted(String events) {
        Set<String> granted = new LinkedHashSet<>();
        for (String each : events.split(",", -1)) {
            String asked = each.strip();
            if (asked.equals("*")) {
                granted.addAll(names.values());
            } else if (names.containsKey(asked)) {
                granted.add(names.get(asked));
            } else if (WILD.matcher(asked).matches()) {
                names.values().stream().filter(name -> matches(asked, name)).forEach(granted::add);
            }
        }
        return granted;
    }

    private static boolean matches(String wild, String name) {
        int dash = name.lastIndexOf('-');
        int at = wild.lastIndexOf('-');
        return dash > 0
                && part(wild.substring(0, at), name.substring(0, dash))
                && part(wild.substring(at + 1), name.substring(dash + 1));
    }

    private static boolean part(String wild, String name) {
        return wild.equals("*") || wild.equalsIgnoreCase(name);
    }
}
