package io.prelim.report.render.sr;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DicomFile;
import io.prelim.dicom.syntax.TransferSyntax;
import io.prelim.events.Finding.ImageReference;
import io.prelim.events.Ids;
import io.prelim.events.ReportChanged;
import io.prelim.report.draft.Evidence;
import io.prelim.report.render.Attestation;
import io.prelim.report.render.ReportView;
import io.prelim.report.render.StandardStatus;
import io.prelim.report.render.dicom.Coded;
import io.prelim.report.render.dicom.Header;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A version of a report as an Enhanced SR document (PS3.3 section A.35.2). The same version gives the same instance; each refers to the
 * version before it that goes to archives. What is signed is in a series of its own, as a series is called by what is in it. Identified,
 * as what it is made of.
 */
public final class StructuredReport {
    private static final int SERIES_NUMBER = 9500;
    private static final int SIGNED_SERIES_NUMBER = 9501;

    private StructuredReport() {}

    /**
     * A mask as a segmentation of one segment.
     *
     * @param sourceSeries that it is of; null where that is not told
     */
    public record Segment(String seriesInstanceUid, String sopInstanceUid, String sourceSeries) {
        /** Of the one segment. */
        public static final int NUMBER = 1;
    }

    /** A version that is written. */
    public record Version(int version, ReportChanged.Status status) {
        String series(UUID reportKey) {
            return Uid.of(
                    StandardStatus.of(status).verified() ? Ids.signedDocuments(reportKey) : Ids.documents(reportKey));
        }

        DataSet sop(UUID reportKey) {
            return Coded.sop(Uid.ENHANCED_SR_STORAGE, instance(reportKey, version));
        }
    }

    /** Whether a version goes to archives as a document: what is settled or signed, unless it is taken back. */
    public static boolean sent(ReportChanged.Status status, boolean settled) {
        return written(status) && (settled || StandardStatus.of(status).verified());
    }

    /** Whether a report of that status is written: none that is taken back. */
    private static boolean written(ReportChanged.Status status) {
        return status != ReportChanged.Status.UNKNOWN
                && StandardStatus.of(status).verificationFlag() != null;
    }

    /** The document of a version of a report. */
    public static String instance(UUID reportKey, int version) {
        return Uid.of(Ids.document(reportKey, version));
    }

    /**
     * @param predecessor the version before it that was sent; null for none
     * @param segments    masks by finding, for findings that have one
     * @throws IllegalArgumentException for what is taken back, and a status this version does not know
     */
    public static DicomFile of(ReportView report, Version predecessor, Map<UUID, Segment> segments) {
        if (!written(report.status())) {
            throw new IllegalArgumentException("a report that is " + report.statusText() + " is not written as SR");
        }
        StandardStatus status = StandardStatus.of(report.status());
        List<Evidence.OfFinding> findings = report.findings();
        Set<ImageReference> images = images(findings);
        DataSet document = Header.of(report);
        Header.series(
                document,
                report,
                "SR",
                new Version(report.version(), report.status()).series(report.reportKey()),
                status.verified() ? SIGNED_SERIES_NUMBER : SERIES_NUMBER,
                status.verified() ? "report" : "preliminary report");
        document.put(document.sequence(Tag.REFERENCED_PERFORMED_PROCEDURE_STEP_SEQUENCE, List.of()));
        Header.content(document, report.createdAt());
        document.putString(Tag.SOP_CLASS_UID, Uid.ENHANCED_SR_STORAGE)
                .putString(Tag.SOP_INSTANCE_UID, instance(report.reportKey(), report.version()))
                .putInteger(Tag.INSTANCE_NUMBER, report.version())
                .putString(Tag.COMPLETION_FLAG, report.settled() || status.verified() ? "COMPLETE" : "PARTIAL")
                .putString(Tag.VERIFICATION_FLAG, status.verificationFlag())
                .putString(Tag.PRELIMINARY_FLAG, status.preliminaryFlag());
        if (status.verified()) {
            Observers.verify(document, Attestation.responsible(report.readers()));
        }
        if (report.orders() != null) {
            document.put(document.sequence(Tag.REFERENCED_REQUEST_SEQUENCE, Header.requests(report)));
        }
        document.put(document.sequence(
                Tag.PERFORMED_PROCEDURE_CODE_SEQUENCE,
                report.procedure() == null ? List.of() : List.of(Coded.item(report.procedure()))));
        if (predecessor != null) {
            document.putSequence(
                    Tag.PREDECESSOR_DOCUMENTS_SEQUENCE,
                    study(
                            report,
                            Map.of(
                                    predecessor.series(report.reportKey()),
                                    List.of(predecessor.sop(report.reportKey())))));
        }
        Map<String, List<DataSet>> evidence = bySeries(images);
        segments.values()
                .forEach(segment -> evidence.computeIfAbsent(segment.seriesInstanceUid(), any -> new ArrayList<>())
                        .add(Coded.sop(Uid.SEGMENTATION_STORAGE, segment.sopInstanceUid())));
        if (!evidence.isEmpty()) {
            document.putSequence(Tag.CURRENT_REQUESTED_PROCEDURE_EVIDENCE_SEQUENCE, study(report, evidence));
        }
        MeasurementReport.put(document, report, findings, images, segments);
        return DicomFile.of(document, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
    }

    /** Those whose series is told: a reference needs it. */
    private static Set<ImageReference> images(Iterable<Evidence.OfFinding> findings) {
        Set<ImageReference> images = new LinkedHashSet<>();
        findings.forEach(finding -> finding.images().stream()
                .filter(image -> image.seriesInstanceUid() != null)
                .forEach(images::add));
        return images;
    }

    private static Map<String, List<DataSet>> bySeries(Set<ImageReference> images) {
        Map<String, Map<String, DataSet>> series = new LinkedHashMap<>();
        for (ImageReference image : images) {
            series.computeIfAbsent(image.seriesInstanceUid(), any -> new LinkedHashMap<>())
                    .putIfAbsent(image.sopInstanceUid(), Coded.sop(image.sopClassUid(), image.sopInstanceUid()));
        }
        Map<String, List<DataSet>> sops = new LinkedHashMap<>();
        series.forEach((uid, instances) -> sops.put(uid, List.copyOf(instances.values())));
        return sops;
    }

    /** An item of a sequence of instances by study and series (PS3.3 table C.17-3). */
    static DataSet study(ReportView report, Map<String, List<DataSet>> bySeries) {
        List<DataSet> series = new ArrayList<>();
        bySeries.forEach((uid, sops) -> {
            DataSet one = new DataSet(Coded.UTF_8).putString(Tag.SERIES_INSTANCE_UID, uid);
            series.add(one.put(one.sequence(Tag.REFERENCED_SOP_SEQUENCE, sops)));
        });
        DataSet study = new DataSet(Coded.UTF_8).putString(Tag.STUDY_INSTANCE_UID, report.studyInstanceUid());
        return study.put(study.sequence(Tag.REFERENCED_SERIES_SEQUENCE, series));
    }
}
