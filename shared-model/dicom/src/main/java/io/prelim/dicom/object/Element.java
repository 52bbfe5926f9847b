package io.prelim.dicom.object;

import io.prelim.dicom.core.VR;

/**
 * One data element of a {@link DataSet}: plain bytes, a sequence of items, or the fragments of encapsulated pixel data.
 */
public sealed interface Element permits ValueElement, SequenceElement, FragmentsElement {
    /** The tag, group in the upper half. */
    int tag();

    /** The value representation on the wire; for implicit VR, the dictionary's. */
    VR vr();
}
