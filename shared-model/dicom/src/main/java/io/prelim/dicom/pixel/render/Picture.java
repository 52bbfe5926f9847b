package io.prelim.dicom.pixel.render;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/**
 * Levels of a display, row by row from the top left.
 *
 * @param width pixels of a row
 * @param height rows
 * @param bands bytes of a pixel: 1, grey, or 3: red, green, blue
 * @param levels width × height × bands of them, 0 to 255
 */
record Picture(int width, int height, int bands, byte[] levels) {
    /** The same bytes, not copied. */
    BufferedImage image() {
        int[] offsets = bands == 1 ? new int[] {0} : new int[] {0, 1, 2};
        WritableRaster raster = Raster.createInterleavedRaster(
                new DataBufferByte(levels, levels.length), width, height, width * bands, bands, offsets, null);
        ColorSpace space = ColorSpace.getInstance(bands == 1 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB);
        ColorModel model = new ComponentColorModel(space, false, false, Transparency.OPAQUE, DataBuffer.TYPE_BYTE);
        return new BufferedImage(model, raster, false, null);
    }
}
