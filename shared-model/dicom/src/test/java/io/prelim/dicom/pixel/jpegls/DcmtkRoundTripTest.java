package io.prelim.dicom.pixel.jpegls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What DCMTK's encoder wrote is decoded as its decoder has it, and comes back: the same samples, or within NEAR of them.
 */
@Tag("full")
class DcmtkRoundTripTest {
    @TempDir
    private Path folder;

    record Encoding(int components, int bits, int near, String interleave) {
        String[] options() {
            List<String> options = new ArrayList<>(List.of("--interleave-" + interleave));
            if (near == 0) {
                options.add("--encode-lossless");
            } else {
                options.addAll(List.of("--encode-nearlossless", "--max-deviation", Integer.toString(near)));
            }
            return options.toArray(String[]::new);
        }

        /** DCMTK 3.6.7 mixes up planes of more than 8 bits that are not interleaved, or does not read them again. */
        boolean mixedUp() {
            return components > 1 && bits > 8 && interleave.equals("none");
        }
    }

    static Stream<Encoding> encodings() {
        List<Encoding> encodings = new ArrayList<>();
        for (int near : new int[] {0, 1, 2, 5}) {
            for (int bits : new int[] {8, 10, 12, 16}) {
                encodings.add(new Encoding(1, bits, near, "none"));
                for (String interleave : new String[] {"none", "line", "sample"}) {
                    encodings.add(new Encoding(3, bits, near, interleave));
                }
            }
        }
        return encodings.stream().filter(encoding -> !encoding.mixedUp());
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void everyKindOfImage(Encoding encoding) throws IOException, InterruptedException {
        for (Images kind : Images.values()) {
            comesBack(encoding, kind, 128, 40, encoding.options());
        }
        for (int width : new int[] {1, 2, 3, 17}) {
            comesBack(encoding, Images.EDGES, width, 23, encoding.options());
        }
    }

    static Stream<Encoding> presets() {
        return encodings()
                .filter(encoding -> encoding.near() <= 1 && encoding.bits() == 8)
                // with presets of its own DCMTK 3.6.7 fails to write, or to read again, the other interleaves
                .filter(encoding ->
                        encoding.components() == 1 || encoding.interleave().equals("line"));
    }

    @ParameterizedTest
    @MethodSource("presets")
    void presets(Encoding encoding) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(List.of(encoding.options()));
        options.addAll(List.of("+t1", "5", "+t2", "9", "+t3", "30", "+rs", "31", "+pc"));
        for (Images kind : Images.values()) {
            comesBack(encoding, kind, 61, 40, options.toArray(String[]::new));
        }
    }

    private void comesBack(Encoding encoding, Images kind, int width, int height, String... options)
            throws IOException, InterruptedException {
        int components = encoding.components();
        int[] samples = kind.of(width, height, components, (1 << encoding.bits()) - 1);
        Dcmtk dcmtk = new Dcmtk(folder);
        byte[] stream = dcmtk.encode(width, height, components, encoding.bits(), samples, options);

        JpegLsImage image = JpegLsDecoder.decode(stream, JpegLsLimits.DEFAULT);

        assertThat(image.width()).isEqualTo(width);
        assertThat(image.height()).isEqualTo(height);
        assertThat(image.components()).isEqualTo(components);
        assertThat(image.near()).isEqualTo(encoding.near());
        assertThat(image.samples())
                .as("%s, %d wide, as dcmdjpls has it", kind, width)
                .isEqualTo(dcmtk.decode());
        assertThat(farthest(image.samples(), samples))
                .as("%s, %d wide, from what it was", kind, width)
                .isLessThanOrEqualTo(encoding.near());
    }

    private static int farthest(short[] decoded, int[] samples) {
        int farthest = 0;
        for (int i = 0; i < samples.length; i++) {
            farthest = Math.max(farthest, Math.abs((decoded[i] & 0xFFFF) - samples[i]));
        }
        return farthest;
    }
}
