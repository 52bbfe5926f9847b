package io.prelim.dicom.object;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.VR;

/**
 * An element whose value is kept as bytes, decoded only when asked for. Numbers are little endian whatever the transfer
 * syntax was; UN is as received. Do not change the array.
 *
 * @param bytes the value with its padding, as long as the element's length field says
 */
@SuppressWarnings("ArrayRecordComponent") // identity of the bytes is not compared; copying them would double the memory
public record ValueElement(int tag, VR vr, byte[] bytes) implements Element {
    /** Shows no value: it may identify a patient. */
    @Override
    public String toString() {
        return Tag.toString(tag) + " " + vr + " #" + bytes.length;
    }
}
