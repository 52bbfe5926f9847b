package io.prelim.dicom.pixel.jpeg;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.pixel.PixelRefusal;
import java.util.Arrays;

/** Decodes a scan of blocks of coefficients (ITU-T T.81 annexes A.3 and F.2). */
final class BlockScan {
    /** Where the coefficients come from (annex A.3.6): to the right and up, to the left and down, from the first. */
    static final int[] ZIGZAG = zigzag();

    private final JpegFrame frame;
    private final int[][] quantization;
    private final int[] block = new int[64];

    /** @param quantization four tables, null where not given */
    BlockScan(JpegFrame frame, int[][] quantization) {
        this.frame = frame;
        this.quantization = quantization;
    }

    private static int[] zigzag() {
        int[] order = new int[64];
        int row = 0;
        int column = 0;
        for (int i = 0; i < 64; i++) {
            order[i] = 8 * row + column;
            boolean up = (row + column) % 2 == 0;
            if (up && column < 7) {
                column++;
                row -= row > 0 ? 1 : 0;
            } else if (!up && row < 7) {
                row++;
                column -= column > 0 ? 1 : 0;
            } else if (up) {
                row++;
            } else {
                column++;
            }
        }
        return order;
    }

    void decode(JpegScan scan, BitReader in) throws MalformedInput {
        int[] components = scan.components;
        for (int component : components) {
            if (quantization[frame.table(component)] == null) {
                throw PixelRefusal.structure("JPEG scan without its quantization", in.at(), -1);
            }
        }
        int across = (frame.columns + 7) / 8;
        long blocks = (long) across * ((frame.rows + 7) / 8);
        int[] last = new int[components.length];
        for (int i = 0; i < blocks; i++) {
            if (scan.restarted(in, i)) {
                Arrays.fill(last, 0);
            }
            for (int j = 0; j < components.length; j++) {
                int[] quantum = quantization[frame.table(components[j])];
                last[j] = read(in, scan.direct[j], scan.alternating[j], quantum, last[j]);
                InverseCosine.transform(block, frame.precision);
                put(components[j], i / across * 8, i % across * 8);
            }
        }
    }

    /** One block's coefficients (annexes F.2.2.1 and F.2.2.2); its first one is the next block's prediction. */
    private int read(BitReader in, HuffmanTable direct, HuffmanTable alternating, int[] quantum, int predicted)
            throws MalformedInput {
        Arrays.fill(block, 0);
        // only 16 bits of it mean anything
        int first = (short) (predicted + in.difference(direct.read(in)));
        block[0] = first * quantum[0];
        int k = 1;
        while (k < 64) {
            int code = alternating.read(in);
            int run = code >> 4;
            int size = code & 0x0F;
            if (size == 0 && run < 15) {
                break;
            }
            k += run;
            if (k > 63) {
                throw PixelRefusal.structure("JPEG block of more than 64 coefficients", in.at(), k);
            }
            int place = ZIGZAG[k++];
            block[place] = in.difference(size) * quantum[place];
        }
        return first;
    }

    private void put(int component, int top, int left) {
        int middle = 1 << (frame.precision - 1);
        int most = (1 << frame.precision) - 1;
        for (int y = top; y < Math.min(frame.rows, top + 8); y++) {
            for (int x = left; x < Math.min(frame.columns, left + 8); x++) {
                int sample = Math.max(0, Math.min(most, block[8 * (y - top) + x - left] + middle));
                frame.samples[(y * frame.columns + x) * frame.components() + component] = (short) sample;
            }
        }
    }
}
