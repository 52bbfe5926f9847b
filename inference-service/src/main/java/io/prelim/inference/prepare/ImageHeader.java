package io.prelim.inference.prepare;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.object.DataSet;
import io.prelim.events.StudyManifest.Image;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the study's manifest says of an image, as the DICOM core reads it: an object's own header holds identity and is never seen here. */
final class ImageHeader {
    private static final int MOST_US = 0xFFFF;

    private ImageHeader() {}

    /** Numbers out of their range are left out, as are those an object does not say: 0, but where 0 means something. */
    static DataSet of(Image image) {
        DataSet header = new DataSet()
                .putString(Tag.SOP_INSTANCE_UID, image.sopInstanceUid())
                .putInteger(Tag.NUMBER_OF_FRAMES, image.frames());
        put(header, Tag.SAMPLES_PER_PIXEL, image.samplesPerPixel(), 1);
        put(header, Tag.ROWS, image.rows(), 1);
        put(header, Tag.COLUMNS, image.columns(), 1);
        put(header, Tag.BITS_ALLOCATED, image.bitsAllocated(), 1);
        put(header, Tag.BITS_STORED, image.bitsStored(), 1);
        put(header, Tag.HIGH_BIT, image.highBit(), image.bitsStored() == 1 ? 0 : 1);
        put(header, Tag.PIXEL_REPRESENTATION, image.pixelRepresentation(), 0);
        put(header, Tag.PLANAR_CONFIGURATION, image.planarConfiguration(), 0);
        if (image.photometricInterpretation() != null) {
            header.putString(Tag.PHOTOMETRIC_INTERPRETATION, image.photometricInterpretation());
        }
        if (image.frameOfReferenceUid() != null) {
            header.putString(Tag.FRAME_OF_REFERENCE_UID, image.frameOfReferenceUid());
        }
        put(header, Tag.RESCALE_SLOPE, List.of(image.rescaleSlope()));
        put(header, Tag.RESCALE_INTERCEPT, List.of(image.rescaleIntercept()));
        put(header, Tag.WINDOW_CENTER, image.windowCenter());
        put(header, Tag.WINDOW_WIDTH, image.windowWidth());
        put(header, Tag.PIXEL_SPACING, image.pixelSpacing());
        put(header, Tag.IMAGE_POSITION_PATIENT, image.imagePosition());
        put(header, Tag.IMAGE_ORIENTATION_PATIENT, image.imageOrientation());
        return header;
    }

    private static void put(DataSet header, int tag, int value, int least) {
        if (value >= least && value <= MOST_US) {
            header.putInteger(tag, value);
        }
    }

    private static void put(DataSet header, int tag, @Nullable List<Double> values) {
        if (values != null && values.stream().allMatch(Double::isFinite)) {
            header.putDecimal(
                    tag, values.stream().mapToDouble(Double::doubleValue).toArray());
        }
    }
}
