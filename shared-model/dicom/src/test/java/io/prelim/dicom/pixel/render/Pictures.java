package io.prelim.dicom.pixel.render;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.pixel.Frame;
import io.prelim.dicom.pixel.Images;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;

/** Frames made of numbers, and pictures as numbers. */
final class Pictures {
    private Pictures() {}

    /** A frame of samples of 8 or 16 bits. */
    static Frame frame(DataSet image, int... samples) {
        int bytes = Images.describe(image).bitsAllocated() / 8;
        byte[] stored = new byte[samples.length * bytes];
        for (int i = 0; i < stored.length; i++) {
            stored[i] = (byte) (samples[i / bytes] >> 8 * (i % bytes));
        }
        return new Frame(Images.describe(image), stored);
    }

    /** Levels of the first frame, as the image says that it is shown. */
    static int[] render(DataSet image, int... samples) throws MalformedInput {
        return render(image, Rendering.DEFAULT, samples);
    }

    static int[] render(DataSet image, Rendering rendering, int... samples) throws MalformedInput {
        return levels(new FrameRenderer(image).render(frame(image, samples), 0, rendering));
    }

    /** All samples, row by row. */
    static int[] levels(BufferedImage picture) {
        Raster raster = picture.getRaster();
        return raster.getPixels(0, 0, raster.getWidth(), raster.getHeight(), (int[]) null);
    }
}
