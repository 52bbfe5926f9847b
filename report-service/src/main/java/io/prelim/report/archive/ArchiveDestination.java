package io.prelim.report.archive;

import io.prelim.dicom.object.DicomFile;
import io.prelim.events.ReportChanged;
import io.prelim.report.delivery.Destination;
import io.prelim.report.delivery.Limits;
import io.prelim.report.settings.ArchiveSettings;
import io.prelim.report.store.Delivery;
import io.prelim.report.store.DeliveryQueue;
import java.util.List;
import java.util.Optional;

/** What goes to an archive, however it is spoken to. */
abstract class ArchiveDestination implements Destination<Document> {
    private final ArchiveSettings settings;
    private final Documents documents;
    private final Limits limits;
    private final Wanted wanted;

    /** @throws IllegalArgumentException if a limit is out of its range */
    ArchiveDestination(ArchiveSettings settings, Documents documents) {
        this.settings = settings;
        this.documents = documents;
        this.limits = Limits.of(settings, false);
        this.wanted = new Wanted(settings.send(), documents);
    }

    final ArchiveSettings settings() {
        return settings;
    }

    @Override
    public Limits limits() {
        return limits;
    }

    @Override
    public List<String> kinds() {
        return settings.send().stream().map(Enum::name).toList();
    }

    @Override
    public List<DeliveryQueue.Item> wanted(ReportChanged change) {
        return wanted.of(change);
    }

    @Override
    public Document write(Delivery delivery) {
        Optional<DicomFile> file = delivery.findingId() == null
                ? documents.report(delivery.reportKey(), delivery.version())
                : documents.segmentation(delivery.reportKey(), delivery.version(), delivery.findingId());
        return Document.of(file.orElseThrow(() -> new IllegalStateException("it is not there")));
    }
}
