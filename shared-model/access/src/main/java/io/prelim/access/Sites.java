package io.prelim.access;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * The sites whose patients somebody may see.
 *
 * @param all   every site, and what belongs to none
 * @param names otherwise these
 */
public record Sites(boolean all, Set<String> names) {
    /** How all sites are written. */
    public static final String WILDCARD = "*";

    public static final Sites ALL = new Sites(true, Set.of());

    public static final Sites NONE = new Sites(false, Set.of());

    public Sites {
        names = all ? Set.of() : Set.copyOf(names);
    }

    /** @param names of sites, or {@link #WILDCARD} */
    public static Sites of(Collection<String> names) {
        return names.contains(WILDCARD) ? ALL : new Sites(false, new TreeSet<>(names));
    }

    /** @param site null for what belongs to no site, or not yet to a known one */
    public boolean include(String site) {
        return all || site != null && names.contains(site);
    }

    /** Whether these are among them, every one. */
    public boolean cover(Sites others) {
        return all || !others.all && names.containsAll(others.names);
    }

    /** To be bound to a query: null for all sites. */
    public String[] bound() {
        return all ? null : names.toArray(String[]::new);
    }
}
