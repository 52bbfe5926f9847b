package io.prelim.dicom.dictionary;

import io.prelim.dicom.core.VR;
import java.util.List;

/**
 * What the standard says of one attribute.
 *
 * @param tag the tag; of a repeating group, the one that was asked for
 * @param keyword the keyword of PS3.6, such as {@code StudyInstanceUID}
 * @param vrs the value representations it may have; more than one where it depends on others ("US or SS")
 * @param multiplicity the value multiplicity as PS3.6 writes it, such as {@code 1-n}
 * @param retired whether later editions no longer define it
 */
public record DictionaryEntry(int tag, String keyword, List<VR> vrs, String multiplicity, boolean retired) {
    public DictionaryEntry {
        vrs = List.copyOf(vrs);
        if (vrs.isEmpty()) {
            throw new IllegalArgumentException(keyword + " has no value representation");
        }
    }

    /** The representation, the first where it depends. */
    public VR vr() {
        return vrs.get(0);
    }

    /** Whether the representation depends on other attributes. */
    public boolean depends() {
        return vrs.size() > 1;
    }
}
