package io.prelim.dicom.volume;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.object.DataSet;
import java.util.List;

/** A frame's functional groups (PS3.3 section C.7.6.16): its own, else those all frames share; of a data set without any, itself. */
final class FunctionalGroups {
    private final DataSet image;
    private final DataSet shared;
    private final DataSet own;

    private FunctionalGroups(DataSet image, DataSet shared, DataSet own) {
        this.image = image;
        this.shared = shared;
        this.own = own;
    }

    /** How many frames have groups of their own; 0 where the image is not of that kind. */
    static int count(DataSet image) {
        return image.items(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE).size();
    }

    /**
     * Those of a frame.
     *
     * @param frame from 0; one that has no groups of its own has those all share
     */
    static FunctionalGroups of(DataSet image, int frame) {
        List<DataSet> frames = image.items(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE);
        return new FunctionalGroups(
                image,
                first(image, Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE),
                frame < frames.size() ? frames.get(frame) : null);
    }

    /**
     * The macro in a sequence: its first item; where an image has no functional groups, the image, which then says such things
     * itself. Null where nothing says it.
     */
    DataSet macro(int sequence) {
        if (own == null && shared == null) {
            return image;
        }
        DataSet macro = own == null ? null : first(own, sequence);
        return macro != null || shared == null ? macro : first(shared, sequence);
    }

    static DataSet first(DataSet dataSet, int sequence) {
        List<DataSet> items = dataSet.items(sequence);
        return items.isEmpty() ? null : items.get(0);
    }
}
