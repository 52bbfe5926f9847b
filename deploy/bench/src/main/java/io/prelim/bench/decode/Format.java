package io.prelim.bench.decode;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What frames are encoded in, and the programs of others that do it and undo it. */
enum Format {
    NATIVE(null, null, null, true, 12, 16),
    RLE("dcmcrle", "dcmdrle", "dcmconv", true, 12, 16),
    JPEG_LOSSLESS("dcmcjpeg +e1", "dcmdjpeg", "dcmconv", true, 12, 16),
    JPEG_LS("dcmcjpls +el", "dcmdjpls", "dcmconv", true, 12, 16),
    JPEG_2000("gdcmconv --j2k", "gdcmconv --raw", "gdcmconv --raw", true, 12, 16),
    JPEG_BASELINE("dcmcjpeg +eb", "dcmdjpeg", "dcmconv", false, 8),
    JPEG_EXTENDED("dcmcjpeg +ee", "dcmdjpeg", "dcmconv", false, 12);

    private final String encoder;
    private final String decoder;
    private final String copier;
    private final boolean lossless;
    private final List<Integer> bits;

    Format(String encoder, String decoder, String copier, boolean lossless, Integer... bits) {
        this.encoder = encoder;
        this.decoder = decoder;
        this.copier = copier;
        this.lossless = lossless;
        this.bits = List.of(bits);
    }

    static Format of(String name) {
        return Arrays.stream(values())
                .filter(format -> format.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no format " + name + "; there are " + labels()));
    }

    static String labels() {
        return Arrays.stream(values()).map(Format::label).collect(Collectors.joining(", "));
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A program that encodes so, with its options; null for native. */
    String encoder() {
        return encoder;
    }

    /** A program that decodes it to a native file; null for native. */
    String decoder() {
        return decoder;
    }

    /** A program of the same makers that reads and writes the native file: what of the decoder's cost is none of decoding. */
    String copier() {
        return copier;
    }

    boolean lossless() {
        return lossless;
    }

    /** Bits stored that are measured. */
    List<Integer> bits() {
        return bits;
    }
}
