package io.prelim.ingest.procedure;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.net.dimse.Status;
import io.prelim.dicom.object.DataSet;
import io.prelim.ingest.normalized.RequestRefused;
import io.prelim.ingest.normalized.RequiredAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an N-CREATE or N-SET says, as far as it is kept: no identity, and nothing that is not needed is asked for.
 *
 * @param status null where an N-SET leaves it
 * @param modality a code string, or null
 * @param studies StudyInstanceUIDs of the scheduled step, each once; none in an N-SET
 * @param series null where an N-SET leaves them
 */
record StepReport(StepStatus status, String modality, List<String> studies, List<Series> series) {
    /** Performed Procedure Step Object may no longer be updated (PS3.4 table F.7.2-2). */
    static final int NO_LONGER_UPDATED = 0xA710;

    private static final int[] MADE = {
        Tag.REFERENCED_IMAGE_SEQUENCE, Tag.REFERENCED_NON_IMAGE_COMPOSITE_SOP_INSTANCE_SEQUENCE
    };

    /** One performed series, and how many instances are announced of it. */
    record Series(String seriesInstanceUid, long images, long others) {
        private Series plus(Series more) {
            return new Series(seriesInstanceUid, images + more.images, others + more.others);
        }
    }

    /**
     * A step that begins (PS3.4 section F.7.2.1).
     *
     * @throws RequestRefused 0106 for a status but IN PROGRESS or a malformed UID, 0120 and 0121 without status or study
     */
    static StepReport created(DataSet dataSet) throws RequestRefused {
        if (status(dataSet) != StepStatus.IN_PROGRESS) {
            throw new RequestRefused(Status.INVALID_ATTRIBUTE_VALUE, "(0040,0252) is not IN PROGRESS");
        }
        List<String> studies = new ArrayList<>();
        for (DataSet step : RequiredAttributes.items(dataSet, Tag.SCHEDULED_STEP_ATTRIBUTES_SEQUENCE)) {
            String study = RequiredAttributes.uid(step, Tag.STUDY_INSTANCE_UID);
            if (!studies.contains(study)) {
                studies.add(study);
            }
        }
        List<Series> series = series(dataSet);
        return new StepReport(
                StepStatus.IN_PROGRESS, modality(dataSet), List.copyOf(studies), series == null ? List.of() : series);
    }

    /**
     * A change of a step (PS3.4 section F.7.2.2).
     *
     * @throws RequestRefused 0106 for an unknown status or a malformed UID, 0120 and 0121 for a series without one
     */
    static StepReport changed(DataSet dataSet) throws RequestRefused {
        return new StepReport(
                dataSet.contains(Tag.PERFORMED_PROCEDURE_STEP_STATUS) ? status(dataSet) : null,
                modality(dataSet),
                List.of(),
                series(dataSet));
    }

    /**
     * SOP Instance UIDs of what the step made, images and others, each once.
     *
     * @return null when there are no series, or an instance has no UID
     * @throws RequestRefused 0106 for a malformed UID
     */
    static List<String> announced(DataSet dataSet) throws RequestRefused {
        if (!dataSet.contains(Tag.PERFORMED_SERIES_SEQUENCE)) {
            return null;
        }
        boolean named = true;
        Set<String> instances = new LinkedHashSet<>();
        for (DataSet series : dataSet.items(Tag.PERFORMED_SERIES_SEQUENCE)) {
            for (int sequence : MADE) {
                for (DataSet made : series.items(sequence)) {
                    String uid = made.string(Tag.REFERENCED_SOP_INSTANCE_UID);
                    if (uid == null || uid.isEmpty()) {
                        named = false;
                    } else {
                        instances.add(RequiredAttributes.uid(made, Tag.REFERENCED_SOP_INSTANCE_UID));
                    }
                }
            }
        }
        return named ? List.copyOf(instances) : null;
    }

    private static StepStatus status(DataSet dataSet) throws RequestRefused {
        return StepStatus.of(RequiredAttributes.text(dataSet, Tag.PERFORMED_PROCEDURE_STEP_STATUS))
                .orElseThrow(
                        () -> new RequestRefused(Status.INVALID_ATTRIBUTE_VALUE, "(0040,0252) is not a defined term"));
    }

    /** A code string only: anything else could name somebody. */
    private static String modality(DataSet dataSet) {
        String modality = dataSet.string(Tag.MODALITY);
        return modality != null && modality.matches("[A-Z0-9_ ]{1,16}") ? modality : null;
    }

    private static List<Series> series(DataSet dataSet) throws RequestRefused {
        if (!dataSet.contains(Tag.PERFORMED_SERIES_SEQUENCE)) {
            return null;
        }
        Map<String, Series> series = new LinkedHashMap<>();
        for (DataSet item : dataSet.items(Tag.PERFORMED_SERIES_SEQUENCE)) {
            Series one = new Series(
                    RequiredAttributes.uid(item, Tag.SERIES_INSTANCE_UID),
                    item.items(Tag.REFERENCED_IMAGE_SEQUENCE).size(),
                    item.items(Tag.REFERENCED_NON_IMAGE_COMPOSITE_SOP_INSTANCE_SEQUENCE)
                            .size());
            series.merge(one.seriesInstanceUid(), one, Series::plus);
        }
        return List.copyOf(series.values());
    }
}
