package io.prelim.mllp;

/** A block as it is written: {@code <VT> message <FS><CR>} (HL7 v2 Transport Specification, MLLP release 1). */
public final class MllpBlock {
    /** VT, before a message. */
    public static final int START = 0x0B;
    /** FS, behind it. */
    public static final int END = 0x1C;
    /** CR, the last of a block; in a message the end of a segment. */
    public static final int RETURN = 0x0D;

    private MllpBlock() {}

    /** The block of a message, which must not hold {@link #END}. */
    public static byte[] of(byte[] message) {
        byte[] block = new byte[message.length + 3];
        block[0] = START;
        System.arraycopy(message, 0, block, 1, message.length);
        block[message.length + 1] = END;
        block[message.length + 2] = RETURN;
        return block;
    }
}
