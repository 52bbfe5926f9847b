package io.prelim.dicom.volume;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.FunctionalGroups;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What tells images at one position apart: attributes of single images, and what enhanced images say of their frames in its place. */
final class SplitKeys {
    /**
     * In the order they are tried. Acquisition Number comes last, since scanners also count on in the midst of one stack; dimensions
     * that are none of these are tried before Image Type.
     */
    static final List<Integer> BEFORE_DIMENSIONS = List.of(
            Tag.TEMPORAL_POSITION_INDEX,
            Tag.FRAME_REFERENCE_TIME,
            Tag.ECHO_NUMBERS,
            Tag.ECHO_TIME,
            Tag.DIFFUSION_B_VALUE,
            Tag.DIFFUSION_GRADIENT_ORIENTATION,
            Tag.NOMINAL_CARDIAC_TRIGGER_DELAY_TIME);

    static final List<Integer> AFTER_DIMENSIONS = List.of(Tag.IMAGE_TYPE, Tag.ACQUISITION_NUMBER);

    private SplitKeys() {}

    /** Where single and enhanced images have an attribute each for the same thing, it is under one tag. */
    static Map<Integer, String> of(DataSet header, FunctionalGroups.OfFrame groups) {
        Map<Integer, String> keys = new HashMap<>();
        dimensions(header, groups, keys);
        DataSet content = groups.macro(Tag.FRAME_CONTENT_SEQUENCE);
        text(keys, Tag.STACK_ID, content, Tag.STACK_ID);
        number(keys, Tag.TEMPORAL_POSITION_INDEX, header, Tag.TEMPORAL_POSITION_IDENTIFIER);
        number(keys, Tag.TEMPORAL_POSITION_INDEX, content, Tag.TEMPORAL_POSITION_INDEX);
        number(keys, Tag.FRAME_REFERENCE_TIME, header, Tag.FRAME_REFERENCE_TIME);
        number(keys, Tag.ECHO_NUMBERS, header, Tag.ECHO_NUMBERS);
        number(keys, Tag.ECHO_TIME, header, Tag.ECHO_TIME);
        number(keys, Tag.ECHO_TIME, groups.macro(Tag.MR_ECHO_SEQUENCE), Tag.EFFECTIVE_ECHO_TIME);
        diffusion(keys, groups.macro(Tag.MR_DIFFUSION_SEQUENCE));
        number(keys, Tag.NOMINAL_CARDIAC_TRIGGER_DELAY_TIME, header, Tag.TRIGGER_TIME);
        number(
                keys,
                Tag.NOMINAL_CARDIAC_TRIGGER_DELAY_TIME,
                groups.macro(Tag.CARDIAC_SYNCHRONIZATION_SEQUENCE),
                Tag.NOMINAL_CARDIAC_TRIGGER_DELAY_TIME);
        text(keys, Tag.IMAGE_TYPE, header, Tag.IMAGE_TYPE);
        for (int sequence : new int[] {
            Tag.MR_IMAGE_FRAME_TYPE_SEQUENCE, Tag.CT_IMAGE_FRAME_TYPE_SEQUENCE, Tag.PET_FRAME_TYPE_SEQUENCE
        }) {
            text(keys, Tag.IMAGE_TYPE, groups.macro(sequence), Tag.FRAME_TYPE);
        }
        number(keys, Tag.ACQUISITION_NUMBER, header, Tag.ACQUISITION_NUMBER);
        number(keys, Tag.ACQUISITION_NUMBER, content, Tag.FRAME_ACQUISITION_NUMBER);
        return keys;
    }

    /** Each dimension's index, under the tag of what it goes through: of a segmentation, Segment Number. */
    private static void dimensions(DataSet header, FunctionalGroups.OfFrame groups, Map<Integer, String> keys) {
        DataSet content = groups.macro(Tag.FRAME_CONTENT_SEQUENCE);
        if (content == null) {
            return;
        }
        List<DataSet> dimensions = header.items(Tag.DIMENSION_INDEX_SEQUENCE);
        List<String> indices = content.strings(Tag.DIMENSION_INDEX_VALUES);
        for (int i = 0; i < Math.min(dimensions.size(), indices.size()); i++) {
            int tag = pointer(dimensions.get(i));
            if (tag != Tag.STACK_ID) {
                keys.put(tag, indices.get(i));
            }
        }
    }

    /** The tag in a value of AT, the group first (PS3.5 section 6.2). */
    private static int pointer(DataSet dimension) {
        byte[] pointer = dimension.bytes(Tag.DIMENSION_INDEX_POINTER);
        if (pointer == null || pointer.length != 4) {
            return Tag.DIMENSION_INDEX_POINTER;
        }
        ByteBuffer numbers = ByteBuffer.wrap(pointer).order(ByteOrder.LITTLE_ENDIAN);
        return Tag.of(numbers.getShort(0), numbers.getShort(2));
    }

    private static void diffusion(Map<Integer, String> keys, DataSet diffusion) {
        number(keys, Tag.DIFFUSION_B_VALUE, diffusion, Tag.DIFFUSION_B_VALUE);
        DataSet direction = diffusion == null ? null : diffusion.item(Tag.DIFFUSION_GRADIENT_DIRECTION_SEQUENCE);
        number(keys, Tag.DIFFUSION_GRADIENT_ORIENTATION, diffusion, Tag.DIFFUSION_GRADIENT_ORIENTATION);
        number(keys, Tag.DIFFUSION_GRADIENT_ORIENTATION, direction, Tag.DIFFUSION_GRADIENT_ORIENTATION);
    }

    private static void text(Map<Integer, String> keys, int key, DataSet dataSet, int tag) {
        if (dataSet != null && dataSet.string(tag) != null) {
            keys.put(key, String.join("\\", dataSet.strings(tag)));
        }
    }

    /** Numbers that are spelled otherwise are the same. */
    private static void number(Map<Integer, String> keys, int key, DataSet dataSet, int tag) {
        if (dataSet != null && !dataSet.decimals(tag).isEmpty()) {
            keys.put(
                    key,
                    dataSet.decimals(tag).stream()
                            .map(number -> number == Math.rint(number) && Math.abs(number) < 1e15
                                    ? Long.toString((long) (double) number)
                                    : Double.toString(number))
                            .collect(Collectors.joining("\\")));
        }
    }
}
