package io.prelim.report.render.seg;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DicomFile;
import io.prelim.dicom.syntax.TransferSyntax;
import io.prelim.events.Code;
import io.prelim.events.Ids;
import io.prelim.report.draft.Evidence;
import io.prelim.report.render.ReportView;
import io.prelim.report.render.dicom.Coded;
import io.prelim.report.render.dicom.Header;
import io.prelim.report.render.seg.Mask.Slice;
import io.prelim.report.render.seg.Mask.Sources;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The mask behind a finding as a Segmentation (PS3.3 section A.51): binary, one segment, a frame for each slice that has a voxel of it, which
 * names the image it is of. Where slices lie in the patient is said where their frame of reference is known. Identified.
 */
public final class Segmentation {
    private static final int SERIES_NUMBER = 9600;
    private static final int SEGMENT = 1;
    /** Of a model's name and of text in LO. */
    private static final int LONG = 64;

    private static final int LONGEST_PARAMETERS = 1024;

    private static final Code CATEGORY = new Code("SCT", "49755003", "Morphologically Abnormal Structure");
    private static final Code ARTIFICIAL_INTELLIGENCE = new Code("DCM", "123110", "Artificial Intelligence");
    private static final Code SEGMENTATION = new Code("DCM", "113076", "Segmentation");
    private static final Code SOURCE = new Code("DCM", "121322", "Source image for image processing operation");
    private static final Map<String, Code> SIDES = Map.of(
            "L", new Code("SCT", "7771000", "Left"),
            "R", new Code("SCT", "24028007", "Right"),
            "B", new Code("SCT", "51440002", "Right and left"));

    private Segmentation() {}

    /** The series of a report's segmentations. */
    public static String series(UUID reportKey) {
        return Uid.of(Ids.segmentations(reportKey));
    }

    /** The instance. @param version of the report that it is first told with */
    public static String instance(UUID reportKey, int version, UUID findingId) {
        return Uid.of(Ids.segmentation(reportKey, version, findingId));
    }

    /**
     * @param report the version that the finding is first told with
     * @param mask   of the finding, opened; is read to its end
     * @throws IllegalStateException if the mask holds no voxel, or ends before its last slice
     */
    public static DicomFile of(ReportView report, Evidence.OfFinding finding, Mask mask) throws IOException {
        Sources sources = mask.sources();
        Bits pixels = new Bits();
        List<Integer> shown = new ArrayList<>();
        for (int k = 0; k < sources.slices().size(); k++) {
            byte[] slice = mask.next();
            if (any(slice)) {
                pixels.add(slice);
                shown.add(k);
            }
        }
        if (shown.isEmpty()) {
            throw new IllegalStateException("a mask holds no voxel");
        }
        DataSet object = Header.of(report);
        Header.series(object, report, "SEG", series(report.reportKey()), SERIES_NUMBER, "segmentations");
        Header.content(object, report.createdAt());
        object.putString(Tag.SOP_CLASS_UID, Uid.SEGMENTATION_STORAGE)
                .putString(Tag.SOP_INSTANCE_UID, instance(report.reportKey(), report.version(), finding.findingId()))
                .putInteger(Tag.INSTANCE_NUMBER, report.version())
                .putString(Tag.DEVICE_SERIAL_NUMBER, Uid.IMPLEMENTATION_CLASS)
                .putString(Tag.IMAGE_TYPE, "DERIVED", "PRIMARY")
                .putString(Tag.CONTENT_LABEL, "FINDING")
                .putString(Tag.CONTENT_DESCRIPTION, text(finding.name(), LONG))
                .putString(Tag.CONTENT_CREATOR_NAME, "")
                .putString(Tag.SEGMENTATION_TYPE, "BINARY")
                .putString(Tag.SEGMENTS_OVERLAP, "NO")
                .putString(Tag.LOSSY_IMAGE_COMPRESSION, "00");
        if (sources.frameOfReferenceUid() != null) {
            object.putString(Tag.FRAME_OF_REFERENCE_UID, sources.frameOfReferenceUid())
                    .putString(Tag.POSITION_REFERENCE_INDICATOR, "");
        } else {
            object.putString(Tag.PATIENT_ORIENTATION, "");
        }
        object.putSequence(Tag.SEGMENT_SEQUENCE, segment(finding));
        references(object, sources, shown);
        dimensions(object, report, finding);
        groups(object, sources, shown);
        object.putInteger(Tag.NUMBER_OF_FRAMES, shown.size())
                .putInteger(Tag.SAMPLES_PER_PIXEL, 1)
                .putString(Tag.PHOTOMETRIC_INTERPRETATION, "MONOCHROME2")
                .putInteger(Tag.ROWS, mask.rows())
                .putInteger(Tag.COLUMNS, mask.columns())
                .putInteger(Tag.BITS_ALLOCATED, 1)
                .putInteger(Tag.BITS_STORED, 1)
                .putInteger(Tag.HIGH_BIT, 0)
                .putInteger(Tag.PIXEL_REPRESENTATION, 0)
                .putBytes(Tag.PIXEL_DATA, VR.OB, pixels.toByteArray());
        return DicomFile.of(object, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
    }

    private static boolean any(byte[] slice) {
        for (byte voxel : slice) {
            if (voxel != 0) {
                return true;
            }
        }
        return false;
    }

    private static DataSet segment(Evidence.OfFinding finding) {
        String model = text(finding.model().id(), LONG);
        String version = text(finding.model().version(), LONG);
        DataSet segment = new DataSet(Coded.UTF_8)
                .putInteger(Tag.SEGMENT_NUMBER, SEGMENT)
                .putString(Tag.SEGMENT_LABEL, text(finding.name(), LONG))
                .putString(Tag.SEGMENT_ALGORITHM_TYPE, "AUTOMATIC")
                .putString(Tag.SEGMENT_ALGORITHM_NAME, text(model + " " + version, LONG))
                .putString(Tag.TRACKING_ID, text(finding.name(), LONG))
                .putString(Tag.TRACKING_UID, Uid.of(finding.findingId()))
                .putSequence(Tag.SEGMENTED_PROPERTY_CATEGORY_CODE_SEQUENCE, Coded.item(CATEGORY))
                .putSequence(Tag.SEGMENTED_PROPERTY_TYPE_CODE_SEQUENCE, Coded.item(finding.code()));
        DataSet algorithm = new DataSet(Coded.UTF_8)
                .putString(Tag.ALGORITHM_NAME, model)
                .putString(Tag.ALGORITHM_VERSION, version)
                .putString(
                        Tag.ALGORITHM_PARAMETERS,
                        text(
                                "model " + finding.model().modelDigest() + ", manifest "
                                        + finding.model().manifestDigest(),
                                LONGEST_PARAMETERS));
        algorithm.putSequence(Tag.ALGORITHM_FAMILY_CODE_SEQUENCE, Coded.item(ARTIFICIAL_INTELLIGENCE));
        segment.putSequence(Tag.SEGMENTATION_ALGORITHM_IDENTIFICATION_SEQUENCE, algorithm);
        if (finding.site() != null) {
            DataSet site = Coded.item(finding.site());
            Code side = finding.laterality() == null ? null : SIDES.get(finding.laterality());
            if (side != null) {
                site.putSequence(Tag.ANATOMIC_REGION_MODIFIER_SEQUENCE, Coded.item(side));
            }
            segment.putSequence(Tag.ANATOMIC_REGION_SEQUENCE, site);
        }
        return segment;
    }

    /** A backslash would make two of it. */
    private static String text(String value, int most) {
        String plain = value.replace('\\', '/');
        return plain.substring(0, Math.min(most, plain.length()));
    }

    /** The images that frames are of, where their series is told (PS3.3 section C.12.2). */
    private static void references(DataSet object, Sources sources, List<Integer> shown) {
        Map<String, Map<String, DataSet>> bySeries = new LinkedHashMap<>();
        for (int k : shown) {
            Slice slice = sources.slices().get(k);
            if (slice.seriesInstanceUid() != null) {
                bySeries.computeIfAbsent(slice.seriesInstanceUid(), any -> new LinkedHashMap<>())
                        .putIfAbsent(slice.sopInstanceUid(), Coded.sop(slice.sopClassUid(), slice.sopInstanceUid()));
            }
        }
        List<DataSet> series = new ArrayList<>();
        bySeries.forEach((uid, instances) -> {
            DataSet one = new DataSet().putString(Tag.SERIES_INSTANCE_UID, uid);
            series.add(one.put(one.sequence(Tag.REFERENCED_INSTANCE_SEQUENCE, List.copyOf(instances.values()))));
        });
        if (!series.isEmpty()) {
            object.put(object.sequence(Tag.REFERENCED_SERIES_SEQUENCE, series));
        }
    }

    /** Frames by segment and by their place in the stack (PS3.3 section C.7.6.17). */
    private static void dimensions(DataSet object, ReportView report, Evidence.OfFinding finding) {
        String organization = Uid.of(Ids.v5(
                "dimensions",
                report.reportKey().toString(),
                Integer.toString(report.version()),
                finding.findingId().toString()));
        object.putSequence(
                Tag.DIMENSION_ORGANIZATION_SEQUENCE,
                new DataSet().putString(Tag.DIMENSION_ORGANIZATION_UID, organization));
        object.putSequence(
                Tag.DIMENSION_INDEX_SEQUENCE,
                dimension(
                        organization,
                        Tag.REFERENCED_SEGMENT_NUMBER,
                        Tag.SEGMENT_IDENTIFICATION_SEQUENCE,
                        "Referenced Segment Number"),
                dimension(
                        organization,
                        Tag.IN_STACK_POSITION_NUMBER,
                        Tag.FRAME_CONTENT_SEQUENCE,
                        "In-Stack Position Number"));
    }

    private static DataSet dimension(String organization, int index, int group, String label) {
        return new DataSet()
                .putInteger(Tag.DIMENSION_INDEX_POINTER, VR.AT, index)
                .putInteger(Tag.FUNCTIONAL_GROUP_POINTER, VR.AT, group)
                .putString(Tag.DIMENSION_ORGANIZATION_UID, organization)
                .putString(Tag.DIMENSION_DESCRIPTION_LABEL, label);
    }

    /** Of all frames and of each (PS3.3 table A.51-2). */
    private static void groups(DataSet object, Sources sources, List<Integer> shown) {
        boolean placed = sources.frameOfReferenceUid() != null;
        DataSet shared = new DataSet()
                .putSequence(
                        Tag.PIXEL_MEASURES_SEQUENCE,
                        new DataSet()
                                .putDecimal(Tag.PIXEL_SPACING, array(sources.spacing()))
                                .putDecimal(Tag.SLICE_THICKNESS, sources.sliceSpacing())
                                .putDecimal(Tag.SPACING_BETWEEN_SLICES, sources.sliceSpacing()))
                .putSequence(
                        Tag.SEGMENT_IDENTIFICATION_SEQUENCE,
                        new DataSet().putInteger(Tag.REFERENCED_SEGMENT_NUMBER, SEGMENT));
        if (placed) {
            shared.putSequence(
                    Tag.PLANE_ORIENTATION_SEQUENCE,
                    new DataSet().putDecimal(Tag.IMAGE_ORIENTATION_PATIENT, array(sources.orientation())));
        }
        List<DataSet> frames = new ArrayList<>();
        for (int k : shown) {
            Slice slice = sources.slices().get(k);
            DataSet frame = new DataSet()
                    .putSequence(
                            Tag.FRAME_CONTENT_SEQUENCE,
                            new DataSet()
                                    .putString(Tag.STACK_ID, "1")
                                    .putInteger(Tag.IN_STACK_POSITION_NUMBER, k + 1)
                                    .putInteger(Tag.DIMENSION_INDEX_VALUES, SEGMENT, k + 1))
                    .putSequence(Tag.DERIVATION_IMAGE_SEQUENCE, derivation(slice));
            if (placed) {
                frame.putSequence(
                        Tag.PLANE_POSITION_SEQUENCE,
                        new DataSet().putDecimal(Tag.IMAGE_POSITION_PATIENT, array(slice.position())));
            }
            frames.add(frame);
        }
        object.putSequence(Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE, shared);
        object.put(object.sequence(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE, frames));
    }

    private static DataSet derivation(Slice slice) {
        DataSet source = Coded.sop(slice.sopClassUid(), slice.sopInstanceUid())
                .putString(Tag.SPATIAL_LOCATIONS_PRESERVED, "YES")
                .putSequence(Tag.PURPOSE_OF_REFERENCE_CODE_SEQUENCE, Coded.item(SOURCE));
        if (slice.frame() > 1) {
            source.putInteger(Tag.REFERENCED_FRAME_NUMBER, slice.frame());
        }
        return new DataSet()
                .putSequence(Tag.DERIVATION_CODE_SEQUENCE, Coded.item(SEGMENTATION))
                .putSequence(Tag.SOURCE_IMAGE_SEQUENCE, source);
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
