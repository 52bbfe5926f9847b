package io.prelim.report.render.sr;

import static io.prelim.report.render.sr.ContentItem.Relationship.CONTAINS;
import static io.prelim.report.render.sr.ContentItem.Relationship.HAS_CONCEPT_MOD;
import static io.prelim.report.render.sr.ContentItem.Relationship.HAS_OBS_CONTEXT;
import static io.prelim.report.render.sr.ContentItem.Relationship.INFERRED_FROM;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.object.DataSet;
import io.prelim.events.Code;
import io.prelim.events.Finding.ImageReference;
import io.prelim.events.Finding.Measurement;
import io.prelim.report.draft.Evidence;
import io.prelim.report.render.Attestation;
import io.prelim.report.render.Concepts;
import io.prelim.report.render.ReportView;
import io.prelim.report.render.sr.StructuredReport.Segment;
import io.prelim.report.template.Section;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The content tree: TID 1500 with the observer context of TID 1002, the image library of TID 1600, a measurement group of TID 1501 for each
 * finding with its model as TID 4019 has it, and the words of findings and impression among the qualitative evaluations.
 */
final class MeasurementReport {
    private static final String TEMPLATE = "1500";

    private MeasurementReport() {}

    /**
     * Puts the tree into a document.
     *
     * @param findings those that the report's sentences rest on, each once
     * @param images   those of the findings, each once
     * @param segments masks by finding
     */
    static void put(
            DataSet document,
            ReportView report,
            Collection<Evidence.OfFinding> findings,
            Collection<ImageReference> images,
            Map<UUID, Segment> segments) {
        ContentItem root = ContentItem.root(document, Concepts.IMAGING_MEASUREMENT_REPORT, TEMPLATE);
        root.add(HAS_CONCEPT_MOD, ContentItem.code(Concepts.LANGUAGE, Concepts.language(report.language())));
        Observers.add(root, Attestation.responsible(report.readers()));
        Code procedure = report.procedure() == null ? Concepts.IMAGING_PROCEDURE : report.procedure();
        root.add(HAS_CONCEPT_MOD, ContentItem.code(Concepts.PROCEDURE_REPORTED, procedure));
        if (!images.isEmpty()) {
            root.add(CONTAINS, library(images));
        }
        if (!findings.isEmpty()) {
            ContentItem measurements = ContentItem.container(Concepts.IMAGING_MEASUREMENTS);
            findings.forEach(
                    finding -> measurements.add(CONTAINS, group(finding, images, segments.get(finding.findingId()))));
            root.add(CONTAINS, measurements);
        }
        root.add(CONTAINS, words(report));
        root.dataSet();
    }

    private static ContentItem library(Collection<ImageReference> images) {
        ContentItem group = ContentItem.container(Concepts.IMAGE_LIBRARY_GROUP);
        images.forEach(image -> group.add(CONTAINS, ContentItem.image(image)));
        return ContentItem.container(Concepts.IMAGE_LIBRARY).add(CONTAINS, group);
    }

    private static ContentItem group(Evidence.OfFinding finding, Collection<ImageReference> images, Segment segment) {
        ContentItem group = ContentItem.container(Concepts.MEASUREMENT_GROUP)
                .add(HAS_OBS_CONTEXT, ContentItem.text(Concepts.TRACKING_IDENTIFIER, finding.name()))
                .add(HAS_OBS_CONTEXT, ContentItem.uid(Concepts.TRACKING_UNIQUE_IDENTIFIER, Uid.of(finding.findingId())))
                .add(CONTAINS, ContentItem.code(Concepts.FINDING, finding.code()))
                .add(
                        HAS_CONCEPT_MOD,
                        ContentItem.text(
                                Concepts.ALGORITHM_NAME, finding.model().id()))
                .add(
                        HAS_CONCEPT_MOD,
                        ContentItem.text(
                                Concepts.ALGORITHM_VERSION, finding.model().version()))
                .add(
                        HAS_CONCEPT_MOD,
                        ContentItem.text(
                                Concepts.ALGORITHM_PARAMETERS,
                                "model " + finding.model().modelDigest() + ", manifest "
                                        + finding.model().manifestDigest()));
        if (finding.site() != null) {
            group.add(HAS_CONCEPT_MOD, sided(ContentItem.code(Concepts.FINDING_SITE, finding.site()), finding));
        } else {
            sided(group, finding);
        }
        if (segment != null) {
            group.add(
                    CONTAINS,
                    ContentItem.segment(Concepts.REFERENCED_SEGMENT, segment.sopInstanceUid(), Segment.NUMBER));
            if (segment.sourceSeries() != null) {
                group.add(CONTAINS, ContentItem.uid(Concepts.SOURCE_SERIES, segment.sourceSeries()));
            }
        }
        List<ImageReference> sources =
                finding.images().stream().filter(images::contains).toList();
        for (Measurement measured : finding.measurements()) {
            Code unit = Concepts.unit(measured.unit(), measured.unit());
            group.add(
                    CONTAINS,
                    inferred(
                            ContentItem.number(
                                    measured.code(),
                                    Concepts.number(measured.value()).doubleValue(),
                                    unit),
                            sources));
        }
        if (finding.measurements().isEmpty()) {
            double certainty = Concepts.percent(finding.probability()).doubleValue();
            group.add(
                    CONTAINS,
                    inferred(ContentItem.number(Concepts.CERTAINTY_OF_FINDING, certainty, Concepts.PERCENT), sources));
        }
        return group.add(CONTAINS, ContentItem.code(Concepts.PRESENCE, Concepts.presence(finding.presence())));
    }

    private static ContentItem inferred(ContentItem number, List<ImageReference> sources) {
        sources.forEach(source -> number.add(INFERRED_FROM, ContentItem.image(Concepts.SOURCE_OF_MEASUREMENT, source)));
        return number;
    }

    /** The side stands with the site, or where the finding's code implies the site with the finding. */
    private static ContentItem sided(ContentItem item, Evidence.OfFinding finding) {
        Code side = Concepts.side(finding.laterality());
        return side == null ? item : item.add(HAS_CONCEPT_MOD, ContentItem.code(Concepts.LATERALITY, side));
    }

    /** Findings and impression, sentence by sentence; what quotes the order is none of them. */
    private static ContentItem words(ReportView report) {
        ContentItem words = ContentItem.container(Concepts.QUALITATIVE_EVALUATIONS);
        for (ReportView.SectionView section : report.sections()) {
            if (section.section() == Section.FINDINGS || section.section() == Section.IMPRESSION) {
                Code name = section.section() == Section.FINDINGS ? Concepts.FINDING : Concepts.IMPRESSION;
                section.sentences()
                        .forEach(sentence -> words.add(
                                CONTAINS, ContentItem.text(name, sentence.text().reveal())));
            }
        }
        return words;
    }
}
