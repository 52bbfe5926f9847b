package io.prelim.dicom.pixel.jpegls;

/**
 * A decoded frame.
 *
 * @param width samples a line, 1 to 65535
 * @param height lines, 1 to 65535
 * @param components samples a pixel, 1 to 4
 * @param bitsPerSample precision P of the frame header, 2 to 16; what the data set says of signs and stored bits is its own
 * @param near how far samples may be from what they were, the most of any scan; 0 is lossless
 * @param samples unsigned, by pixel: {@code samples[(y * width + x) * components + component]}; not a copy
 */
public record JpegLsImage(int width, int height, int components, int bitsPerSample, int near, short[] samples) {
    @Override
    public String toString() {
        return width + " x " + height + " x " + components + ", " + bitsPerSample + " bits";
    }
}
