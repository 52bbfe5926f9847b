package io.prelim.report.render.sr;

import static io.prelim.report.render.sr.ContentItem.Relationship.CONTAINS;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DicomFile;
import io.prelim.dicom.syntax.TransferSyntax;
import io.prelim.events.Ids;
import io.prelim.events.ReportChanged;
import io.prelim.report.render.Concepts;
import io.prelim.report.render.ReportView;
import io.prelim.report.render.dicom.Header;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What takes a report's documents back: a Key Object Selection of them (PS3.3 section A.35.4, PS3.16 TID 2010), by whose title archives
 * show them no more (IHE RAD, Imaging Object Change Management). Masks are not named: what a model marked is no report. Identified.
 */
public final class RejectionNote {
    private static final int SERIES_NUMBER = 9502;
    private static final String TEMPLATE = "2010";

    private RejectionNote() {}

    /**
     * @param report   the version with which it was taken back
     * @param rejected its documents, at least one
     */
    public static DicomFile of(ReportView report, List<StructuredReport.Version> rejected) {
        DataSet note = Header.of(report);
        Header.series(note, report, "KO", Uid.of(Ids.rejections(report.reportKey())), SERIES_NUMBER, "rejection note");
        note.put(note.sequence(Tag.REFERENCED_PERFORMED_PROCEDURE_STEP_SEQUENCE, List.of()));
        Header.content(note, report.createdAt());
        note.putString(Tag.SOP_CLASS_UID, Uid.KEY_OBJECT_SELECTION_STORAGE)
                .putString(Tag.SOP_INSTANCE_UID, StructuredReport.instance(report.reportKey(), report.version()))
                .putInteger(Tag.INSTANCE_NUMBER, report.version());
        Map<String, List<DataSet>> bySeries = new LinkedHashMap<>();
        ContentItem root = ContentItem.root(note, Concepts.REJECTED_FOR_PATIENT_SAFETY, TEMPLATE);
        Observers.add(
                root,
                report.readers().stream()
                        .filter(reader -> reader.act() == ReportChanged.Status.RETRACTED)
                        .toList());
        for (StructuredReport.Version version : rejected) {
            bySeries.computeIfAbsent(version.series(report.reportKey()), any -> new ArrayList<>())
                    .add(version.sop(report.reportKey()));
            root.add(CONTAINS, ContentItem.composite(version.sop(report.reportKey())));
        }
        root.add(CONTAINS, ContentItem.text(Concepts.KEY_OBJECT_DESCRIPTION, report.statusText()));
        root.dataSet();
        note.putSequence(Tag.CURRENT_REQUESTED_PROCEDURE_EVIDENCE_SEQUENCE, StructuredReport.study(report, bySeries));
        return DicomFile.of(note, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
    }
}
