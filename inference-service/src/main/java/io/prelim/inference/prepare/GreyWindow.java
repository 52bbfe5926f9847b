package io.prelim.inference.prepare;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.pixel.Frame;
import io.prelim.dicom.pixel.ImageDescription;
import io.prelim.dicom.pixel.Photometric;
import io.prelim.dicom.pixel.render.GreyScale;
import io.prelim.dicom.pixel.render.ModalityTransform;
import io.prelim.dicom.pixel.render.PixelPadding;
import io.prelim.dicom.pixel.render.VoiTransform;
import io.prelim.inference.model.Preparation.FixedWindow;
import io.prelim.inference.model.Preparation.Percentile;
import io.prelim.inference.model.Preparation.Window;
import java.util.function.DoubleUnaryOperator;

/** From the modality's values to what a window and MONOCHROME1 make of them. */
final class GreyWindow {
    private GreyWindow() {}

    /** 0 to 1 as a frame's window says. */
    static DoubleUnaryOperator of(Window window, Frame frame, ModalityTransform.Rescale modality, DataSet header)
            throws MalformedInput {
        if (window instanceof FixedWindow fixed) {
            return fixed.window()::apply;
        }
        if (window instanceof Percentile percentile) {
            return PercentileRange.of(values(frame, modality), percentile)::scale;
        }
        VoiTransform named = VoiTransform.first(header, false);
        return (named == null ? range(frame, modality) : named)::apply;
    }

    private static float[] values(Frame frame, ModalityTransform.Rescale modality) {
        ImageDescription image = frame.image();
        GreyRows rows = new GreyRows(frame, modality, DoubleUnaryOperator.identity());
        AxisFilter across = AxisFilter.identity(image.columns());
        float[] values = new float[Math.toIntExact(image.pixels())];
        new Resizer(across, AxisFilter.identity(image.rows()))
                .resize(rows, 0, image.columns(), image.rows(), values, 0);
        return values;
    }

    /** What is shown where nothing is said; colours have all of their range. */
    private static VoiTransform range(Frame frame, ModalityTransform.Rescale modality) {
        ImageDescription image = frame.image();
        return image.samples() == 1
                ? GreyScale.range(frame, modality, PixelPadding.NONE)
                : VoiTransform.over(modality.apply(image.least()), modality.apply(image.greatest()));
    }

    /** Turned where the least value is white: of windowed values between 0 and 1, else within the range of the bits stored. */
    static DoubleUnaryOperator inverted(
            DoubleUnaryOperator value, boolean windowed, ImageDescription image, ModalityTransform.Rescale modality) {
        if (image.photometric() != Photometric.MONOCHROME1) {
            return value;
        }
        double ends = windowed ? 1 : modality.apply(image.least()) + modality.apply(image.greatest());
        return modalityValue -> ends - value.applyAsDouble(modalityValue);
    }
}
