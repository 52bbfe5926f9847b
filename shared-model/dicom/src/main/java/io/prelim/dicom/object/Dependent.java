package io.prelim.dicom.object;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.dictionary.Dictionary;
import io.prelim.dicom.stream.TokenReader;
import java.util.Arrays;

/**
 * Attributes whose value representation depends on another one: "US or SS" is SS where (0028,0103) Pixel Representation is 1,
 * in the data set or one that holds it, and US where there is none (PS3.5 section 6.2, PS3.3 section C.7.6.3.1). Implicit VR
 * leaves the choice to the reader, who may meet Pixel Representation later: it is made when all is read.
 */
final class Dependent {
    /** Two arrays in place of an object each: a sender may have them by the million. */
    private DataSet[] dataSets = {};

    private int[] tags = {};
    private int count;

    /** Remembers the element the reader has met, if its representation is still to be chosen. */
    void note(TokenReader reader, DataSet dataSet) {
        if (reader.vrFromDictionary() && reader.vr() == VR.US && onSign(reader.tag())) {
            if (count == tags.length) {
                int room = count + count / 2 + 4;
                dataSets = Arrays.copyOf(dataSets, room);
                tags = Arrays.copyOf(tags, room);
            }
            dataSets[count] = dataSet;
            tags[count++] = reader.tag();
        }
    }

    /** Chooses for all that were met. */
    void resolve() {
        for (int i = 0; i < count; i++) {
            if (dataSets[i].element(tags[i]) instanceof ValueElement value && signed(dataSets[i])) {
                dataSets[i].put(ValueElement.of(value.tag(), VR.SS, value.bytes()));
            }
        }
    }

    /** The dictionary's representation of a tag, chosen where it depends. */
    static VR resolve(int tag, DataSet dataSet) {
        return onSign(tag) && signed(dataSet) ? VR.SS : Dictionary.standard().vr(tag);
    }

    /** Whether values 1 and 3 are unsigned whatever the representation: counts and bits (PS3.3 section C.11.1.1). */
    static boolean lutDescriptor(int tag) {
        return tag == Tag.LUT_DESCRIPTOR
                || (tag >= 0x00281100 && tag <= Tag.BLUE_PALETTE_COLOR_LOOKUP_TABLE_DESCRIPTOR);
    }

    private static boolean onSign(int tag) {
        return Dictionary.standard().vrs(tag).contains(VR.SS)
                && Dictionary.standard().vrs(tag).size() > 1;
    }

    private static boolean signed(DataSet dataSet) {
        for (DataSet at = dataSet; at != null; at = at.holder()) {
            if (at.contains(Tag.PIXEL_REPRESENTATION)) {
                return at.integer(Tag.PIXEL_REPRESENTATION, 0) == 1;
            }
        }
        return false;
    }
}
