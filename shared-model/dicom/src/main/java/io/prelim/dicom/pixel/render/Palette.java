package io.prelim.dicom.pixel.render;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.pixel.Frame;
import io.prelim.dicom.pixel.ImageDescription;
import io.prelim.dicom.pixel.Photometric;
import io.prelim.dicom.pixel.PixelRefusal;

/**
 * Three tables that give a stored value its colour (PS3.3 section C.7.6.3.1.5). An index that has no entry is refused, though the
 * section lets a display take the nearest: no writer means one.
 */
public final class Palette {
    private final LookupTable red;
    private final LookupTable green;
    private final LookupTable blue;

    private Palette(LookupTable red, LookupTable green, LookupTable blue) {
        this.red = red;
        this.green = green;
        this.blue = blue;
    }

    /**
     * The palette of a data set, plain or segmented.
     *
     * @param signed whether stored values are
     * @throws MalformedInput when a descriptor is none, or the data are not what it says
     */
    public static Palette of(DataSet dataSet, boolean signed) throws MalformedInput {
        return new Palette(
                table(
                        dataSet,
                        signed,
                        Tag.RED_PALETTE_COLOR_LOOKUP_TABLE_DESCRIPTOR,
                        Tag.RED_PALETTE_COLOR_LOOKUP_TABLE_DATA,
                        Tag.SEGMENTED_RED_PALETTE_COLOR_LOOKUP_TABLE_DATA),
                table(
                        dataSet,
                        signed,
                        Tag.GREEN_PALETTE_COLOR_LOOKUP_TABLE_DESCRIPTOR,
                        Tag.GREEN_PALETTE_COLOR_LOOKUP_TABLE_DATA,
                        Tag.SEGMENTED_GREEN_PALETTE_COLOR_LOOKUP_TABLE_DATA),
                table(
                        dataSet,
                        signed,
                        Tag.BLUE_PALETTE_COLOR_LOOKUP_TABLE_DESCRIPTOR,
                        Tag.BLUE_PALETTE_COLOR_LOOKUP_TABLE_DATA,
                        Tag.SEGMENTED_BLUE_PALETTE_COLOR_LOOKUP_TABLE_DATA));
    }

    private static LookupTable table(DataSet dataSet, boolean signed, int descriptorTag, int dataTag, int segmentedTag)
            throws MalformedInput {
        LookupTable.Descriptor descriptor = LookupTable.Descriptor.of(dataSet, descriptorTag, signed);
        byte[] segments = dataSet.bytes(segmentedTag);
        short[] entries = segments != null
                ? SegmentedTable.expand(segments, descriptor.entries(), segmentedTag)
                : descriptor.entries(dataSet.bytes(dataTag), dataTag);
        return new LookupTable(descriptor.first(), descriptor.bits(), entries);
    }

    /**
     * Three bytes a pixel: red, green, blue, of 16-bit entries the upper byte.
     *
     * @param frame of PALETTE COLOR
     * @throws MalformedInput when a pixel has no entry
     */
    public byte[] rgb(Frame frame) throws MalformedInput {
        ImageDescription image = frame.image();
        if (image.photometric() != Photometric.PALETTE_COLOR) {
            throw new IllegalArgumentException("no indexes in " + image.photometric());
        }
        byte[] rgb = new byte[Math.toIntExact(3 * image.pixels())];
        for (int i = 0; i < rgb.length / 3; i++) {
            long index = frame.stored(i);
            if (!red.maps(index) || !green.maps(index) || !blue.maps(index)) {
                throw PixelRefusal.structure("palette index without an entry", i, -1);
            }
            rgb[3 * i] = upper(red, index);
            rgb[3 * i + 1] = upper(green, index);
            rgb[3 * i + 2] = upper(blue, index);
        }
        return rgb;
    }

    private static byte upper(LookupTable table, long index) {
        return (byte) (table.apply(index) >>> (table.bits() - 8));
    }
}
