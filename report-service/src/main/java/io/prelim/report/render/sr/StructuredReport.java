package io.prelim.report.render.sr;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DicomFile;
import io.prelim.dicom.syntax.TransferSyntax;
import io.prelim.events.Finding.ImageReference;
import io.prelim.events.Ids;
import io.prelim.events.Phi;
import io.prelim.events.ReportChanged;
import io.prelim.report.draft.Evidence;
import io.prelim.report.render.ReportView;
import io.prelim.report.render.StandardStatus;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A version of a report as an Enhanced SR document (PS3.3 section A.35.2). The same version gives the same instance; each refers to the
 * version before it. Identified, as what it is made of.
 */
public final class StructuredReport {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern DAY = Pattern.compile("\\d{8}");
    private static final Pattern SEX = Pattern.compile("[MFO]");
    private static final Pattern SHORT = Pattern.compile("[^\\\\]{1,16}");
    private static final Pattern LONG = Pattern.compile("[^\\\\]{1,64}");
    private static final String PRODUCT = "Prelim";
    private static final int SERIES_NUMBER = 9500;

    private StructuredReport() {}

    /**
     * @throws IllegalArgumentException for a status whose document needs who verified it, or a rejection note
     */
    public static DicomFile of(ReportView report) {
        StandardStatus status = StandardStatus.of(report.status());
        if (!writes(report.status())) {
            throw new IllegalArgumentException("a report that is " + report.statusText() + " is not written as SR");
        }
        List<Evidence.OfFinding> findings = report.findings();
        Set<ImageReference> images = images(findings);
        DataSet document = new DataSet().putString(Tag.SPECIFIC_CHARACTER_SET, "ISO_IR 192");
        patientAndStudy(document, report);
        seriesAndEquipment(document, report);
        document.putString(Tag.SOP_CLASS_UID, Uid.ENHANCED_SR_STORAGE)
                .putString(Tag.SOP_INSTANCE_UID, instance(report, report.version()))
                .putInteger(Tag.INSTANCE_NUMBER, report.version())
                .putString(Tag.CONTENT_DATE, DATE.format(report.createdAt()))
                .putString(Tag.CONTENT_TIME, TIME.format(report.createdAt()))
                .putString(Tag.TIMEZONE_OFFSET_FROM_UTC, "+0000")
                .putString(Tag.COMPLETION_FLAG, report.settled() ? "COMPLETE" : "PARTIAL")
                .putString(Tag.VERIFICATION_FLAG, status.verificationFlag())
                .putString(Tag.PRELIMINARY_FLAG, status.preliminaryFlag());
        document.put(document.sequence(
                Tag.PERFORMED_PROCEDURE_CODE_SEQUENCE,
                report.procedure() == null ? List.of() : List.of(ContentItem.coded(report.procedure()))));
        if (report.version() > 1) {
            document.putSequence(
                    Tag.PREDECESSOR_DOCUMENTS_SEQUENCE,
                    study(
                            report,
                            Map.of(
                                    series(report),
                                    List.of(ContentItem.sop(
                                            Uid.ENHANCED_SR_STORAGE, instance(report, report.version() - 1))))));
        }
        if (!images.isEmpty()) {
            document.putSequence(Tag.CURRENT_REQUESTED_PROCEDURE_EVIDENCE_SEQUENCE, study(report, bySeries(images)));
        }
        MeasurementReport.put(document, report, findings, images);
        return DicomFile.of(document, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
    }

    /** Not what needs who verified it, or a rejection note. */
    public static boolean writes(ReportChanged.Status status) {
        return "UNVERIFIED".equals(StandardStatus.of(status).verificationFlag());
    }

    private static void patientAndStudy(DataSet document, ReportView report) {
        Optional<ReportView.Patient> patient = Optional.ofNullable(report.patient());
        document.putString(Tag.PATIENT_NAME, revealed(patient.map(ReportView.Patient::name), LONG))
                .putString(Tag.PATIENT_ID, revealed(patient.map(ReportView.Patient::id), LONG))
                .putString(Tag.PATIENT_BIRTH_DATE, revealed(patient.map(ReportView.Patient::birthDate), DAY))
                .putString(Tag.PATIENT_SEX, fitting(patient.map(ReportView.Patient::sex), SEX))
                .putString(Tag.STUDY_INSTANCE_UID, report.studyInstanceUid())
                .putString(Tag.STUDY_DATE, fitting(patient.map(ReportView.Patient::studyDate), DAY))
                .putString(Tag.STUDY_TIME, "")
                .putString(Tag.STUDY_ID, "")
                .putString(Tag.REFERRING_PHYSICIAN_NAME, "")
                .putString(Tag.ACCESSION_NUMBER, revealed(patient.map(ReportView.Patient::accessionNumber), SHORT));
        String issuer = fitting(patient.map(ReportView.Patient::issuer), LONG);
        if (!issuer.isEmpty()) {
            document.putString(Tag.ISSUER_OF_PATIENT_ID, issuer);
        }
    }

    private static String revealed(Optional<Phi<String>> value, Pattern form) {
        return fitting(value.map(Phi::reveal), form);
    }

    /** What is not of its attribute's form is left out: a part of an identifier would be another's. */
    private static String fitting(Optional<String> value, Pattern form) {
        return value.filter(text -> form.matcher(text).matches()).orElse("");
    }

    private static void seriesAndEquipment(DataSet document, ReportView report) {
        document.putString(Tag.MODALITY, "SR")
                .putString(Tag.SERIES_INSTANCE_UID, series(report))
                .putInteger(Tag.SERIES_NUMBER, SERIES_NUMBER)
                .putString(
                        Tag.SERIES_DESCRIPTION,
                        PRODUCT + " preliminary report" + (report.synthetic() ? ", synthetic" : ""))
                .putString(Tag.MANUFACTURER, PRODUCT)
                .putString(Tag.MANUFACTURER_MODEL_NAME, PRODUCT)
                .putString(Tag.SOFTWARE_VERSIONS, Uid.IMPLEMENTATION_VERSION);
        document.put(document.sequence(Tag.REFERENCED_PERFORMED_PROCEDURE_STEP_SEQUENCE, List.of()));
    }

    private static String series(ReportView report) {
        return Uid.of(Ids.documents(report.reportKey()));
    }

    private static String instance(ReportView report, int version) {
        return Uid.of(Ids.document(report.reportKey(), version));
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
                    .putIfAbsent(image.sopInstanceUid(), ContentItem.sop(image.sopClassUid(), image.sopInstanceUid()));
        }
        Map<String, List<DataSet>> sops = new LinkedHashMap<>();
        series.forEach((uid, instances) -> sops.put(uid, List.copyOf(instances.values())));
        return sops;
    }

    /** An item of a sequence of instances by study and series (PS3.3 table C.17-3). */
    private static DataSet study(ReportView report, Map<String, List<DataSet>> bySeries) {
        List<DataSet> series = new ArrayList<>();
        bySeries.forEach((uid, sops) -> {
            DataSet one = new DataSet(ContentItem.UTF_8).putString(Tag.SERIES_INSTANCE_UID, uid);
            series.add(one.put(one.sequence(Tag.REFERENCED_SOP_SEQUENCE, sops)));
        });
        DataSet study = new DataSet(ContentItem.UTF_8).putString(Tag.STUDY_INSTANCE_UID, report.studyInstanceUid());
        return study.put(study.sequence(Tag.REFERENCED_SERIES_SEQUENCE, series));
    }
}
