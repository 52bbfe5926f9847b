package io.prelim.report.operator;

import io.prelim.access.AccessSettings;
import io.prelim.access.ListenRule;
import io.prelim.access.users.BadUsersFile;
import io.prelim.access.users.Users;
import io.prelim.access.users.UsersRead;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Reports are identified: nobody but this machine is served where it is not known who asks. */
@ApplicationScoped
class StartCheck {
    private static final OperatorLog LOG = OperatorLog.of(StartCheck.class);

    /** Of plain HTTP, while TLS is on. */
    private static final Set<String> OFF = Set.of("disabled", "redirect");

    private final AccessSettings settings;
    private final Users users;
    private final String host;
    private final String plain;

    StartCheck(
            AccessSettings settings,
            Users users,
            @ConfigProperty(name = "quarkus.http.host") String host,
            @ConfigProperty(name = "quarkus.http.insecure-requests", defaultValue = "enabled") String plain) {
        this.settings = settings;
        this.users = users;
        this.host = host;
        this.plain = plain;
    }

    void onStart(@Observes @Priority(1) StartupEvent event) {
        Optional<String> problem = ListenRule.problem(settings, Loopback.is(host), OFF.contains(plain));
        if (problem.isPresent()) {
            LOG.write(OperatorMessage.HOST_REFUSED, "host", host, "problem", problem.get());
            throw StartRefusal.exit();
        }
        if (settings.mode() == AccessSettings.Mode.USERS) {
            load();
        } else if (settings.mode() == AccessSettings.Mode.OPEN) {
            LOG.write(OperatorMessage.ACCESS_OPEN, "host", host);
        }
        LOG.write(OperatorMessage.STARTED, "host", host, "access", settings.mode());
    }

    private void load() {
        try {
            users.load();
        } catch (BadUsersFile e) {
            LOG.write(OperatorMessage.USERS_REFUSED, "file", e.file(), "line", e.line(), "problem", e.problem());
            throw StartRefusal.exit();
        }
    }

    void changed(@Observes UsersRead read) {
        BadUsersFile problem = read.problem();
        if (problem == null) {
            LOG.write(OperatorMessage.USERS_CHANGED, "file", read.file(), "users", read.users());
        } else {
            LOG.write(
                    OperatorMessage.USERS_KEPT,
                    "file",
                    problem.file(),
                    "line",
                    problem.line(),
                    "problem",
                    problem.problem());
        }
    }
}
