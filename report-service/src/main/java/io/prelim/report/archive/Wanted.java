package io.prelim.report.archive;

import io.prelim.events.ReportChanged;
import io.prelim.report.render.sr.StructuredReport;
import io.prelim.report.settings.ArchiveSettings;
import io.prelim.report.store.DeliveryQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which instances a change asks for: those of versions that are settled or signed, and the note of what is taken back. */
final class Wanted {
    private final Set<ArchiveSettings.Kind> kinds;
    private final Documents documents;

    Wanted(Set<ArchiveSettings.Kind> kinds, Documents documents) {
        this.kinds = kinds;
        this.documents = documents;
    }

    /** Masks before the report that refers to them. */
    List<DeliveryQueue.Item> of(ReportChanged change) {
        List<DeliveryQueue.Item> items = new ArrayList<>();
        if (change.status() == ReportChanged.Status.RETRACTED && kinds.contains(ArchiveSettings.Kind.SR)) {
            documents.note(change.reportKey(), change.version()).ifPresent(noted -> items.add(document(change, noted)));
        }
        if (!StructuredReport.sent(change.status(), change.settled())) {
            return items;
        }
        if (kinds.contains(ArchiveSettings.Kind.SEG)) {
            documents
                    .segments(change.reportKey(), change.version())
                    .forEach((finding, segment) -> items.add(new DeliveryQueue.Item(
                            change.reportKey(),
                            change.version(),
                            ArchiveSettings.Kind.SEG.name(),
                            finding,
                            segment.sopInstanceUid(),
                            null)));
        }
        if (kinds.contains(ArchiveSettings.Kind.SR)) {
            items.add(document(change, change.version()));
        }
        return items;
    }

    private static DeliveryQueue.Item document(ReportChanged change, int version) {
        return new DeliveryQueue.Item(
                change.reportKey(),
                version,
                ArchiveSettings.Kind.SR.name(),
                null,
                StructuredReport.instance(change.reportKey(), version),
                null);
    }
}
