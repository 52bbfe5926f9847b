package io.prelim.dicom.pixel.locate;

import io.prelim.dicom.core.Uid;

/** What a code stream begins and ends with, so that fragments without a table can be parted into frames. */
public enum StreamMarks {
    /** Each frame is one fragment (PS3.5 annexes A.4.2 and A.4.11), or nothing is known of it. */
    NONE,
    /** SOI and EOI (ITU-T T.81 annex B.1.1.3; T.87 annex C takes them over). */
    JPEG,
    /** SOC and SIZ, or a JP2 file's signature box, and EOC (ITU-T T.800 annexes A.4 and I.5.1). */
    JPEG_2000;

    static final int HEAD = 12;
    static final int TAIL = 3;

    private static final byte[] JPEG_START = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF};
    private static final byte[] CODE_STREAM = {(byte) 0xFF, 0x4F, (byte) 0xFF, 0x51};
    private static final byte[] SIGNATURE_BOX = {0, 0, 0, 12, 'j', 'P', ' ', ' ', 13, 10, (byte) 0x87, 10};

    /** Those of a transfer syntax. */
    public static StreamMarks of(String transferSyntax) {
        return switch (transferSyntax) {
            case Uid.JPEG_BASELINE,
                    Uid.JPEG_EXTENDED,
                    Uid.JPEG_LOSSLESS,
                    Uid.JPEG_LOSSLESS_FIRST_ORDER,
                    Uid.JPEG_LS_LOSSLESS,
                    Uid.JPEG_LS_NEAR_LOSSLESS -> JPEG;
            case Uid.JPEG_2000_LOSSLESS, Uid.JPEG_2000, Uid.HTJ2K_LOSSLESS, Uid.HTJ2K_LOSSLESS_RPCL, Uid.HTJ2K ->
                JPEG_2000;
            default -> NONE;
        };
    }

    /** Whether a fragment's first bytes begin a code stream. */
    boolean starts(byte[] head) {
        return switch (this) {
            case NONE -> false;
            case JPEG -> begins(head, JPEG_START);
            case JPEG_2000 -> begins(head, CODE_STREAM) || begins(head, SIGNATURE_BOX);
        };
    }

    /** Whether a fragment's last bytes, of which one may be padding, end a code stream: both kinds end with FFD9. */
    boolean ends(byte[] tail) {
        int last = tail.length - 1;
        return this != NONE && (isEnd(tail, last) || (last >= 0 && tail[last] == 0 && isEnd(tail, last - 1)));
    }

    private static boolean isEnd(byte[] tail, int last) {
        return last >= 1 && tail[last] == (byte) 0xD9 && tail[last - 1] == (byte) 0xFF;
    }

    private static boolean begins(byte[] bytes, byte[] with) {
        if (bytes.length < with.length) {
            return false;
        }
        for (int i = 0; i < with.length; i++) {
            if (bytes[i] != with[i]) {
                return false;
            }
        }
        return true;
    }
}
