package io.prelim.dicom.object;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.VR;
import java.util.List;

/**
 * A sequence of items.
 *
 * @param vr SQ, or UN for a sequence that came as UN of undefined length (its items are then implicit VR little endian,
 *     PS3.5 section 6.2.2 note 2)
 * @param items in their order
 * @param undefinedLength whether a delimiter ends the sequence on the wire, rather than a length
 */
public record SequenceElement(int tag, VR vr, List<Item> items, boolean undefinedLength) implements Element {
    /**
     * One item of a sequence.
     *
     * @param undefinedLength whether a delimiter ends the item on the wire, rather than a length
     */
    public record Item(DataSet dataSet, boolean undefinedLength) {}

    public SequenceElement {
        items = List.copyOf(items);
    }

    @Override
    public String toString() {
        return Tag.toString(tag) + " " + vr + " items " + items.size();
    }
}
