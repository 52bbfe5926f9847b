package io.prelim.dicom.pixel;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.object.DataSet;
import java.util.List;

/**
 * Where a frame's attributes are said (PS3.3 section C.7.6.16): in functional groups of the frame, in those that all frames share, or,
 * as in objects of one frame, in the data set itself.
 */
public final class FunctionalGroups {
    private final DataSet dataSet;
    private final List<DataSet> shared;
    private final List<DataSet> perFrame;

    /** @param dataSet of an image, enhanced or not; kept, not copied */
    public FunctionalGroups(DataSet dataSet) {
        this.dataSet = dataSet;
        this.shared = dataSet.items(Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE);
        this.perFrame = dataSet.items(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE);
    }

    /**
     * The item that holds a macro's attributes: the frame's own, else the shared one, else the data set.
     *
     * @param frame from 0
     * @param sequence the macro's sequence, such as {@link Tag#PIXEL_MEASURES_SEQUENCE}
     */
    public DataSet group(int frame, int sequence) {
        List<DataSet> own = frame < perFrame.size() ? perFrame.get(frame).items(sequence) : List.of();
        if (own.isEmpty() && !shared.isEmpty()) {
            own = shared.get(0).items(sequence);
        }
        return own.isEmpty() ? dataSet : own.get(0);
    }
}
