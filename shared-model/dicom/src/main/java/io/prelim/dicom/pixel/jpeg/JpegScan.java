package io.prelim.dicom.pixel.jpeg;

import io.prelim.dicom.core.MalformedInput;

/** A scan's header (ITU-T T.81 annex B.2.3) with the tables it uses. */
final class JpegScan {
    /** The frame's components in it, by their index. */
    final int[] components;
    /** Of each component, the codes of first coefficients or of differences. */
    final HuffmanTable[] direct;
    /** Of each component, the codes of other coefficients; null where lossless. */
    final HuffmanTable[] alternating;
    /** The start of spectral selection; where lossless, the predictor. */
    final int selection;
    /** Bits that were shifted out (point transform). */
    final int transform;

    private final int restartInterval;

    /** @param restartInterval units between restart markers, 0 for none */
    JpegScan(
            int[] components,
            HuffmanTable[] direct,
            HuffmanTable[] alternating,
            int selection,
            int transform,
            int restartInterval) {
        this.components = components;
        this.direct = direct;
        this.alternating = alternating;
        this.selection = selection;
        this.transform = transform;
        this.restartInterval = restartInterval;
    }

    /** Goes over a restart marker where one is due before a unit; whether it did. */
    boolean restarted(BitReader in, long unit) throws MalformedInput {
        if (restartInterval == 0 || unit == 0 || unit % restartInterval != 0) {
            return false;
        }
        in.restart((int) (unit / restartInterval - 1) & 7);
        return true;
    }
}
