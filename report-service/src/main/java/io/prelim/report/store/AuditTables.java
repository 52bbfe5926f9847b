package io.prelim.report.store;

import io.prelim.access.audit.AuditTable;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where it is recorded who saw what. */
class AuditTables {
    @Produces
    @Singleton
    AuditTable table(DataSource database, @ConfigProperty(name = "quarkus.application.name") String service) {
        return new AuditTable(database, service);
    }
}
