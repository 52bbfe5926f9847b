package io.prelim.report.archive;

import io.prelim.dicom.object.DicomFile;
import io.prelim.events.ReportChanged;
import io.prelim.report.draft.Evidence;
import io.prelim.report.render.ReportView;
import io.prelim.report.render.seg.Mask;
import io.prelim.report.render.seg.Segmentation;
import io.prelim.report.render.sr.RejectionNote;
import io.prelim.report.render.sr.StructuredReport;
import io.prelim.report.store.EvidenceStore;
import io.prelim.report.store.ReportStore;
import io.prelim.report.view.ReportViews;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What a version of a report is as DICOM objects: the same version gives the same bytes, to whomever. */
@ApplicationScoped
@Transactional
public class Documents {
    private static final String MASK = "application/vnd.nifti+gzip";

    private final ReportStore reports;
    private final ReportViews views;
    private final EvidenceStore evidence;

    Documents(ReportStore reports, ReportViews views, EvidenceStore evidence) {
        this.reports = reports;
        this.views = views;
        this.evidence = evidence;
    }

    /**
     * A version as a structured report, whose predecessor is the version before it that goes to archives. What is taken back is the note that
     * takes back what went there; empty if nothing did.
     */
    public Optional<DicomFile> report(ReportView view) {
        if (view.status() != ReportChanged.Status.RETRACTED) {
            StructuredReport.Version before = reports.sentBefore(view.reportKey(), view.version())
                    .map(Documents::written)
                    .orElse(null);
            return Optional.of(StructuredReport.of(view, before, segments(view)));
        }
        return note(view.reportKey(), view.version())
                .flatMap(noted -> view(view.reportKey(), noted))
                .map(noted -> RejectionNote.of(
                        noted,
                        reports.takenBack(noted.reportKey(), noted.version()).stream()
                                .map(Documents::written)
                                .toList()));
    }

    /** As {@link #report(ReportView)}; empty, too, if there is no such version. */
    Optional<DicomFile> report(UUID reportKey, int version) {
        return view(reportKey, version).flatMap(this::report);
    }

    /** The version whose note takes back what went to archives, for one that is taken back; empty if nothing went there. */
    Optional<Integer> note(UUID reportKey, int version) {
        return reports.takingBack(reportKey, version);
    }

    private static StructuredReport.Version written(ReportStore.Sent sent) {
        return new StructuredReport.Version(sent.version(), sent.status());
    }

    /** The segmentations of a version by finding, in the order of its findings. */
    Map<UUID, StructuredReport.Segment> segments(UUID reportKey, int version) {
        return view(reportKey, version).map(this::segments).orElse(Map.of());
    }

    private Map<UUID, StructuredReport.Segment> segments(ReportView view) {
        Map<UUID, StructuredReport.Segment> segments = new LinkedHashMap<>();
        view.findings()
                .forEach(finding -> mask(finding)
                        .ifPresent(mask -> segments.put(
                                finding.findingId(),
                                new StructuredReport.Segment(
                                        Segmentation.series(view.reportKey()),
                                        Segmentation.instance(
                                                view.reportKey(),
                                                first(view, finding.findingId()),
                                                finding.findingId()),
                                        mask.series().orElse(null)))));
        return segments;
    }

    /**
     * The mask behind a finding of a version, as a segmentation; empty if there is no such version or finding, or the finding has none.
     *
     * @throws IllegalStateException if the mask is no mask
     */
    public Optional<DicomFile> segmentation(UUID reportKey, int version, UUID findingId) {
        return view(reportKey, version)
                .flatMap(view -> view(reportKey, first(view, findingId)))
                .flatMap(view -> view.findings().stream()
                        .filter(finding -> finding.findingId().equals(findingId))
                        .findFirst()
                        .flatMap(finding -> mask(finding).map(mask -> segmentation(view, finding, mask))));
    }

    private static DicomFile segmentation(ReportView view, Evidence.OfFinding finding, Mask mask) {
        try {
            return Segmentation.of(view, finding, mask);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The version that a finding is first told with, of the same patient: its mask is written once. */
    private int first(ReportView view, UUID findingId) {
        return reports.firstWith(view.reportKey(), view.version(), findingId);
    }

    /** The mask behind a finding, at its first voxel; empty where there is none, or it does not say which images it is of. */
    public Optional<Mask> mask(Evidence.OfFinding finding) {
        if (finding.part() == null
                || evidence.find(finding.part())
                        .filter(stored -> stored.mediaType().equals(MASK))
                        .isEmpty()) {
            return Optional.empty();
        }
        try {
            return Mask.open(new PartInput(evidence, finding.part()));
        } catch (IOException e) {
            // not what its first bytes promised: no mask
            return Optional.empty();
        }
    }

    private Optional<ReportView> view(UUID reportKey, int version) {
        return reports.version(reportKey, version).map(row -> views.of(reportKey, row));
    }
}
