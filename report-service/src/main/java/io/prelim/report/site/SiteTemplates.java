package io.prelim.report.site;

import io.prelim.report.operator.OperatorLog;
import io.prelim.report.operator.OperatorMessage;
import io.prelim.report.operator.StartRefusal;
import io.prelim.report.settings.ReportSettings;
import io.prelim.report.template.BadSiteFile;
import io.prelim.report.template.SiteFile;
import io.prelim.report.template.TemplateSet;
import io.prelim.report.work.Repeater;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The templates in force, and what is wrong with those that are not. */
@ApplicationScoped
public class SiteTemplates {
    private static final OperatorLog LOG = OperatorLog.of(SiteTemplates.class);

    private final SiteFolder folder;
    private final ReportSettings.Templates settings;
    private volatile Standing standing;
    private String fingerprint;
    private Repeater repeater;

    SiteTemplates(ReportSettings settings) {
        this.settings = settings.templates();
        this.folder = this.settings.folder().map(Path::of).map(SiteFolder::new).orElse(null);
        this.standing = new Standing(null, Instant.now(), null);
        look();
    }

    /**
     * How it stands.
     *
     * @param set      in force since {@code since}; null when there never was a good one, and the service does not start
     * @param problem  of the files as they are now; null when they are in force
     */
    public record Standing(TemplateSet set, Instant since, BadSiteFile problem) {}

    public Standing standing() {
        return standing;
    }

    /** @throws IllegalStateException before there was a good one */
    public TemplateSet current() {
        return Optional.ofNullable(standing.set())
                .orElseThrow(() -> new IllegalStateException("no templates are in force"));
    }

    void onStart(@Observes @Priority(2) StartupEvent event) {
        Standing now = standing;
        if (now.set() == null) {
            LOG.write(OperatorMessage.TEMPLATES_REFUSED, where(now.problem()));
            throw StartRefusal.exit();
        }
        if (folder != null) {
            repeater = Repeater.start("templates", settings.check(), this::check, fault -> {});
        }
    }

    void stop(@Observes ShutdownEvent event) {
        if (repeater != null) {
            repeater.close();
        }
    }

    void check() {
        Standing before = standing;
        look();
        Standing now = standing;
        if (now == before) {
            return;
        }
        if (now.problem() != null) {
            LOG.write(OperatorMessage.TEMPLATES_KEPT, where(now.problem()));
        } else {
            LOG.write(
                    OperatorMessage.TEMPLATES_CHANGED,
                    "templates",
                    now.set().templates().size(),
                    "mapped",
                    now.set().mapped());
        }
    }

    /** Reads the files if they look otherwise than before; what is wrong with them leaves the last good ones in force. */
    private synchronized void look() {
        try {
            String seen = folder == null ? "none" : folder.fingerprint();
            if (seen.equals(fingerprint)) {
                return;
            }
            fingerprint = seen;
            List<SiteFile> site = folder == null ? List.of() : folder.read();
            standing = new Standing(TemplateSet.of(SiteFolder.builtIn(), site), Instant.now(), null);
        } catch (BadSiteFile problem) {
            // looked at again next time, however it looks from outside
            fingerprint = null;
            BadSiteFile known = standing.problem();
            if (known == null || !known.getMessage().equals(problem.getMessage())) {
                standing = new Standing(standing.set(), standing.since(), problem);
            }
        }
    }

    private static Object[] where(BadSiteFile problem) {
        return new Object[] {"file", problem.file(), "line", problem.line(), "problem", problem.problem()};
    }
}
