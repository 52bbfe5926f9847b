package io.prelim.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMin;

/** {@code prelim.access.*}; durations are ISO 8601. */
@ConfigMapping(prefix = "prelim.access")
public interface AccessSettings {
    /** How it is known who asks. */
    @WithDefault("open")
    Mode mode();

    /** Whether TLS ends before the service, which is then reached by plain HTTP from there alone. */
    @WithDefault("false")
    boolean tlsEndsBefore();

    Users users();

    Audit audit();

    /** How it is known who asks. */
    enum Mode {
        /** It is not: anybody on this machine has every role. Only while HTTP is on loopback. */
        OPEN,
        /** By name and password, HTTP Basic (RFC 7617). */
        USERS
    }

    /** For {@link Mode#USERS}. */
    interface Users {
        /** A file with a user a line: {@code name:bcrypt hash:roles:sites}. */
        Optional<String> file();

        /** How often the file is looked at; a change is in force after so long. */
        @WithDefault("PT5S")
        @DurationMin(millis = 100)
        Duration check();
    }

    /** Who saw what. */
    interface Audit {
        /** Older audit events are removed; the database keeps each for a year at least. */
        @WithDefault("P3650D")
        @DurationMin(days = 365)
        Duration keep();
    }
}
