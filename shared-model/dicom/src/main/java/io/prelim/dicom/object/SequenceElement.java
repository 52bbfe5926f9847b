package io.prelim.dicom.object;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.VR;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** A sequence of items. {@link DataSet#sequence} makes one for a data set. */
public final class SequenceElement implements Element {
    private static final DataSet[] NONE = {};

    private final int tag;
    /** One {@link DataSet}, or an array of none or many: mostly there is one, and nested without end there is one each. */
    private final Object items;

    private final boolean unknown;
    private final boolean undefinedLength;

    /**
     * @param vr SQ, or UN for a sequence that came as UN of undefined length (its items are then implicit VR little endian,
     *     PS3.5 section 6.2.2 note 2)
     * @param items in their order; each knows what holds it, and how its length is told
     * @param undefinedLength whether a delimiter ends the sequence on the wire, rather than a length
     */
    SequenceElement(int tag, VR vr, List<DataSet> items, boolean undefinedLength) {
        this.tag = tag;
        this.unknown = vr == VR.UN;
        this.undefinedLength = undefinedLength;
        this.items = switch (items.size()) {
            case 0 -> NONE;
            case 1 -> items.get(0);
            default -> items.toArray(DataSet[]::new);
        };
    }

    @Override
    public int tag() {
        return tag;
    }

    /** SQ, or UN. */
    @Override
    public VR vr() {
        return unknown ? VR.UN : VR.SQ;
    }

    /** The items in their order. */
    public List<DataSet> items() {
        return items instanceof DataSet[] many
                ? Collections.unmodifiableList(Arrays.asList(many))
                : List.of((DataSet) items);
    }

    /** Whether a delimiter ends the sequence on the wire, rather than a length. */
    boolean undefinedLength() {
        return undefinedLength;
    }

    @Override
    public String toString() {
        return Tag.toString(tag) + " " + vr() + " items " + items().size();
    }
}
