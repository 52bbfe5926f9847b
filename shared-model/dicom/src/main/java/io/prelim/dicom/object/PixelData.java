package io.prelim.dicom.object;

import io.prelim.dicom.core.VR;

/**
 * Where the value of (7FE0,0010) Pixel Data lies in an object's bytes.
 *
 * @param vr OB or OW on the wire; OW for implicit VR
 * @param length bytes of the value, or -1 when it is encapsulated in fragments that a sequence delimiter ends
 * @param valueOffset offset of the value's first byte from where the read began; of a deflated object, in the inflated
 *     bytes
 */
public record PixelData(VR vr, long length, long valueOffset) {
    public boolean encapsulated() {
        return length < 0;
    }
}
