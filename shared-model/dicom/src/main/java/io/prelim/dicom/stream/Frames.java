package io.prelim.dicom.stream;

import io.prelim.dicom.core.Tag;
import java.util.Arrays;

/**
 * The sequences and items that are open, as parallel arrays: nesting costs a few ints and no call depth. Frame 0 is the data
 * set itself.
 */
final class Frames {
    static final byte ITEM = 0;
    static final byte SEQUENCE = 1;
    static final byte FRAGMENTS = 2;

    static final long UNDEFINED = -1;

    private byte[] kinds = new byte[8];
    private int[] tags = new int[8];
    private int[] counts = new int[8];
    private long[] ends = new long[8];
    private boolean[] explicit = new boolean[8];
    private boolean[] bigEndian = new boolean[8];
    private boolean[] probing = new boolean[8];
    private int top;
    private int sequences;

    /** The data set: an item that has no end but the input's. */
    Frames(boolean explicitVr, boolean bigEndian) {
        kinds[0] = ITEM;
        ends[0] = UNDEFINED;
        this.explicit[0] = explicitVr;
        this.bigEndian[0] = bigEndian;
        this.probing[0] = true;
    }

    /** Begins the data set anew in another encoding. */
    void restart(boolean explicitVr, boolean big) {
        tags[0] = 0;
        counts[0] = 0;
        explicit[0] = explicitVr;
        bigEndian[0] = big;
    }

    /** Opens a frame in the encoding of the one that holds it. */
    void push(byte kind, int tag, long end) {
        push(kind, tag, end, explicit[top], bigEndian[top]);
        probing[top] = kind == ITEM && probing[top - 1];
    }

    /** Opens a frame in an encoding of its own. */
    void push(byte kind, int tag, long end, boolean explicitVr, boolean big) {
        top++;
        if (top == kinds.length) {
            kinds = Arrays.copyOf(kinds, 2 * top);
            tags = Arrays.copyOf(tags, 2 * top);
            counts = Arrays.copyOf(counts, 2 * top);
            ends = Arrays.copyOf(ends, 2 * top);
            explicit = Arrays.copyOf(explicit, 2 * top);
            bigEndian = Arrays.copyOf(bigEndian, 2 * top);
            probing = Arrays.copyOf(probing, 2 * top);
        }
        kinds[top] = kind;
        tags[top] = tag;
        counts[top] = 0;
        ends[top] = end;
        explicit[top] = explicitVr;
        bigEndian[top] = big;
        probing[top] = true;
        sequences += kind == SEQUENCE ? 1 : 0;
    }

    void pop() {
        sequences -= kinds[top] == SEQUENCE ? 1 : 0;
        top--;
    }

    boolean atRoot() {
        return top == 0;
    }

    byte kind() {
        return kinds[top];
    }

    long end() {
        return ends[top];
    }

    boolean undefined() {
        return ends[top] == UNDEFINED;
    }

    boolean explicitVr() {
        return explicit[top];
    }

    void explicitVr(boolean value) {
        explicit[top] = value;
    }

    boolean bigEndian() {
        return bigEndian[top];
    }

    /** Whether the first element of the open frame may show that the encoding is the other one. */
    boolean probing() {
        return probing[top];
    }

    /** Sequences open at this point. */
    int depth() {
        return sequences;
    }

    /** Elements of an item, items of a sequence, met so far in the open frame. */
    int count() {
        return counts[top];
    }

    void counted() {
        counts[top]++;
    }

    /** The tag of an item's last element, the tag of a sequence. */
    int tag() {
        return tags[top];
    }

    void tag(int tag) {
        tags[top] = tag;
    }

    /** The innermost end that a length has set at or above this frame, or {@link #UNDEFINED}. */
    long innermostEnd() {
        for (int i = top; i >= 0; i--) {
            if (ends[i] != UNDEFINED) {
                return ends[i];
            }
        }
        return UNDEFINED;
    }

    /** The path to a tag in the open frame, items numbered from 1. */
    String path(int tag) {
        StringBuilder path = new StringBuilder();
        for (int i = 1; i <= top; i++) {
            if (kinds[i] != ITEM) {
                path.append(Tag.toString(tags[i])).append('[').append(counts[i]).append("].");
            }
        }
        return path.append(Tag.toString(tag)).toString();
    }
}
