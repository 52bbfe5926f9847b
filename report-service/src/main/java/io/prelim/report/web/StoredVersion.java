package io.prelim.report.web;

import io.prelim.report.store.ReportStore;
import io.prelim.report.store.VersionRow;
import jakarta.ws.rs.NotFoundException;
import java.util.UUID;

/** The version of a report that is asked for. */
final class StoredVersion {
    private StoredVersion() {}

    /**
     * @param version a parameter; null for the newest
     * @throws NotFoundException if there is none
     */
    static VersionRow of(ReportStore reports, UUID reportKey, String version) {
        Integer number = version == null ? null : (int) Parameters.number("version", version, 1, Integer.MAX_VALUE, 0);
        return reports.version(reportKey, number).orElseThrow(NotFoundException::new);
    }
}
