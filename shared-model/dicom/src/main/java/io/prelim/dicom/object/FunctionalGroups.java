package io.prelim.dicom.object;

import io.prelim.dicom.core.Tag;
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

    /** How many frames have groups of their own; 0 where the image is not of that kind. */
    public int count() {
        return perFrame.size();
    }

    /** @param number from 0; one that has no groups of its own has those all share */
    public OfFrame frame(int number) {
        return new OfFrame(number < perFrame.size() ? perFrame.get(number) : null);
    }

    /** One frame's. */
    public final class OfFrame {
        private final DataSet own;

        private OfFrame(DataSet own) {
            this.own = own;
        }

        /**
         * The item that holds a macro's attributes: the frame's own, else the shared one; where an image has no functional groups, the
         * image, which then says such things itself. Null where nothing says it.
         *
         * @param sequence the macro's, such as {@link Tag#PIXEL_MEASURES_SEQUENCE}
         */
        public DataSet macro(int sequence) {
            if (own == null && shared.isEmpty()) {
                return dataSet;
            }
            DataSet macro = own == null ? null : own.item(sequence);
            return macro != null || shared.isEmpty() ? macro : shared.get(0).item(sequence);
        }

        /** The same, but the data set where no group says it: some writers leave there what belongs into one. */
        public DataSet macroOrImage(int sequence) {
            DataSet macro = macro(sequence);
            return macro == null ? dataSet : macro;
        }
    }
}
