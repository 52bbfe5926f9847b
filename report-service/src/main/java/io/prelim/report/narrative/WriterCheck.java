package io.prelim.report.narrative;

import io.prelim.report.operator.Loopback;
import io.prelim.report.operator.OperatorLog;
import io.prelim.report.operator.OperatorMessage;
import io.prelim.report.operator.StartRefusal;
import io.prelim.report.settings.ReportSettings;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;

/** Findings leave this machine encrypted or not at all. */
@ApplicationScoped
class WriterCheck {
    private static final OperatorLog LOG = OperatorLog.of(WriterCheck.class);

    private final ReportSettings.Writer settings;

    WriterCheck(ReportSettings settings) {
        this.settings = settings.writer();
    }

    void onStart(@Observes @Priority(3) StartupEvent event) {
        String problem = problem();
        if (problem != null) {
            LOG.write(OperatorMessage.WRITER_REFUSED, "problem", problem);
            throw StartRefusal.exit();
        }
    }

    /** Null for none. */
    private String problem() {
        if (settings.url().isEmpty()) {
            return null;
        }
        URI url = settings.url().get();
        if (settings.model().isEmpty()) {
            return "prelim.report.writer.model is not set";
        }
        if (url.getHost() == null || url.getUserInfo() != null) {
            return "prelim.report.writer.url must be such as https://writer.hospital.example/v1, without a user";
        }
        boolean encrypted = "https".equals(url.getScheme());
        boolean here = "http".equals(url.getScheme()) && Loopback.is(url.getHost());
        return encrypted || here
                ? null
                : "prelim.report.writer.url must begin with https:// unless it is a loopback address";
    }
}
