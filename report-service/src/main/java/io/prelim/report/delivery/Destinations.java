package io.prelim.report.delivery;

import io.prelim.report.store.DestinationType;
import java.util.Map;

/** The destinations of one type; a bean for each. */
public interface Destinations {
    DestinationType type();

    /**
     * Those there are now, by name: the same object as long as nothing changes about one. Asked at start, and every few seconds.
     *
     * @throws Unusable if one is configured so that it cannot be used
     */
    Map<String, Destination<?>> current();

    /** A destination cannot be used as it is configured. */
    final class Unusable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String destination;

        /** @param problem which setting, and what is wrong; without its value where that is a secret */
        public Unusable(String destination, String problem) {
            super(problem);
            this.destination = destination;
        }

        String destination() {
            return destination;
        }
    }
}
