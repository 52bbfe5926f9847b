package io.prelim.dicom.pixel.jpegls;

import java.io.ByteArrayOutputStream;

/** Bits into bytes, the highest first, with a 0 stuffed after each byte FF (T.87 A.1). */
final class BitWriter {
    private final ByteArrayOutputStream out;
    private int current;
    private int room = 8;

    BitWriter(ByteArrayOutputStream out) {
        this.out = out;
    }

    void bit(int bit) {
        current = (current << 1) | bit;
        room--;
        if (room == 0) {
            write();
        }
    }

    private void write() {
        out.write(current);
        room = current == 0xFF ? 7 : 8;
        current = 0;
    }

    void bits(int value, int count) {
        for (int i = count - 1; i >= 0; i--) {
            bit((value >>> i) & 1);
        }
    }

    /** A.5.3. */
    void golomb(int value, int k, int limit, int plainBits) {
        int zeros = value >> k;
        boolean plain = zeros >= limit - plainBits - 1;
        bits(0, plain ? limit - plainBits - 1 : zeros);
        bit(1);
        if (plain) {
            bits(value - 1, plainBits);
        } else {
            bits(value & ((1 << k) - 1), k);
        }
    }

    /** Fills the last byte; one that is FF is followed by the stuffed bit. */
    void end() {
        while (room < 8) {
            bit(0);
        }
    }
}
