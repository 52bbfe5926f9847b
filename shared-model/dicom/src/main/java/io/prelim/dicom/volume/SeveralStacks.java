package io.prelim.dicom.volume;

import io.prelim.dicom.core.Tag;
import java.util.List;

/**
 * More than one stack: echoes, times, b-values, or stacks that an enhanced image names.
 *
 * @param stacks two or more, at least one of them a volume; each image is in one of them
 */
public record SeveralStacks(List<Stack> stacks) implements Stacking {
    /**
     * One of them.
     *
     * @param keys what its images have in common and others do not, the first told apart first
     * @param answer a {@link Volume}, or {@link NotAVolume}
     */
    public record Stack(List<Key> keys, Stacking answer) {
        public Stack {
            keys = List.copyOf(keys);
        }
    }

    /**
     * An attribute by which stacks were told apart.
     *
     * @param tag the attribute; Temporal Position Index, Echo Time, Nominal Cardiac Trigger Delay Time, Image Type and Acquisition
     *     Number stand for their like in images of the other kind too; of any other dimension of an enhanced image, what its index points to
     * @param value as text, several values parted by backslashes; the index of a dimension; empty where images lack the attribute
     */
    public record Key(int tag, String value) {
        @Override
        public String toString() {
            return Tag.toString(tag) + "=" + value;
        }
    }

    public SeveralStacks {
        stacks = List.copyOf(stacks);
    }

    /** Those that are volumes. */
    public List<Volume> volumes() {
        return stacks.stream()
                .filter(stack -> stack.answer() instanceof Volume)
                .map(stack -> (Volume) stack.answer())
                .toList();
    }
}
