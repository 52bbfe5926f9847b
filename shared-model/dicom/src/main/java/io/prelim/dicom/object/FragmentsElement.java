package io.prelim.dicom.object;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.VR;
import java.util.List;

/**
 * Encapsulated pixel data (PS3.5 annex A.4): the basic offset table, which may be empty, and then the fragments. Fragments
 * are not frames.
 *
 * @param fragments the items' bytes, the first of them the offset table
 */
public record FragmentsElement(int tag, VR vr, List<byte[]> fragments) implements Element {
    public FragmentsElement {
        fragments = List.copyOf(fragments);
    }

    @Override
    public String toString() {
        return Tag.toString(tag) + " " + vr + " fragments " + fragments.size();
    }
}
