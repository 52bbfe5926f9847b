package io.prelim.report.desk;

import io.prelim.report.operator.OperatorLog;
import io.prelim.report.operator.OperatorMessage;
import io.prelim.report.settings.ReportSettings;
import io.prelim.report.store.UrgentCodes;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;

/** Brings the site's urgent findings to the database, where reports are weighed. */
@ApplicationScoped
class UrgentFindings {
    private static final OperatorLog LOG = OperatorLog.of(UrgentFindings.class);

    private final UrgentCodes codes;
    private final Set<String> urgent;

    UrgentFindings(UrgentCodes codes, ReportSettings settings) {
        this.codes = codes;
        this.urgent = settings.worklist().urgent();
    }

    void onStart(@Observes @Priority(5) StartupEvent event) {
        if (codes.set(urgent)) {
            LOG.write(OperatorMessage.URGENT_CODES_SET, "codes", urgent.size());
        }
    }
}
