package io.prelim.inference.segment;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DataSetWriter;
import io.prelim.dicom.syntax.TransferSyntax;
import io.prelim.dicom.volume.Vector3;
import io.prelim.dicom.volume.Volume;
import io.prelim.events.Finding.ImageReference;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which images a mask's slices are of, as an extension of NIfTI-1 of code 2, DICOM attributes (nifti1_io.h): a data set in Explicit VR
 * Little Endian with (0020,0052) where it is known, (0020,0037), (0028,0030), (0018,0088), and in (0008,2112) an item a slice, in their
 * order, with (0008,1150), (0008,1155), (0008,1160), (0020,000E) where it is known, and (0020,0032).
 */
final class SliceSources {
    private static final int DICOM = 2;
    private static final int HEAD = 8;
    private static final int MULTIPLE = 16;
    /** Of an element of VR OB: tag, VR, reserved, length. */
    private static final int ELEMENT = 12;

    private SliceSources() {}

    /** @param slices of the volume, in its order */
    static byte[] extension(Volume volume, List<ImageReference> slices) throws IOException {
        DataSet sources = new DataSet();
        if (!volume.frameOfReferenceUid().isEmpty()) {
            sources.putString(Tag.FRAME_OF_REFERENCE_UID, volume.frameOfReferenceUid());
        }
        Vector3 row = volume.row();
        Vector3 column = volume.column();
        sources.putDecimal(
                Tag.IMAGE_ORIENTATION_PATIENT, row.x(), row.y(), row.z(), column.x(), column.y(), column.z());
        sources.putDecimal(Tag.PIXEL_SPACING, volume.rowSpacing(), volume.columnSpacing());
        sources.putDecimal(Tag.SPACING_BETWEEN_SLICES, volume.sliceSpacing());
        List<DataSet> items = new ArrayList<>();
        for (int k = 0; k < slices.size(); k++) {
            ImageReference slice = slices.get(k);
            Vector3 position = volume.position(0, 0, k);
            DataSet item = new DataSet()
                    .putString(Tag.REFERENCED_SOP_CLASS_UID, slice.sopClassUid())
                    .putString(Tag.REFERENCED_SOP_INSTANCE_UID, slice.sopInstanceUid())
                    .putInteger(Tag.REFERENCED_FRAME_NUMBER, Math.max(1, slice.frame()))
                    .putDecimal(Tag.IMAGE_POSITION_PATIENT, position.x(), position.y(), position.z());
            if (slice.seriesInstanceUid() != null) {
                item.putString(Tag.SERIES_INSTANCE_UID, slice.seriesInstanceUid());
            }
            items.add(item);
        }
        sources.put(sources.sequence(Tag.SOURCE_IMAGE_SEQUENCE, items));
        int over = (HEAD + bytes(sources).length + ELEMENT) % MULTIPLE;
        // blanks: readers take zeros from the end
        byte[] blanks = new byte[(MULTIPLE - over) % MULTIPLE];
        Arrays.fill(blanks, (byte) ' ');
        byte[] data = bytes(sources.putBytes(Tag.DATA_SET_TRAILING_PADDING, VR.OB, blanks));
        return ByteBuffer.allocate(HEAD + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(HEAD + data.length)
                .putInt(DICOM)
                .put(data)
                .array();
    }

    private static byte[] bytes(DataSet dataSet) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DataSetWriter.write(dataSet, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, out);
        return out.toByteArray();
    }
}
