package io.prelim.dicom.pixel.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.MalformedInput.Kind;
import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.object.DicomFile;
import io.prelim.dicom.pixel.Frame;
import io.prelim.dicom.pixel.ImageDescription;
import io.prelim.dicom.pixel.PixelLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Every frame of every file of the corpus, by SHA-256 beside what GDCM and DCMTK decode them to; read from a loaded object, and by
 * ranges of the file, with the same result.
 */
@org.junit.jupiter.api.Tag("full")
class FramesCorpusTest {
    private enum Outcome {
        /** As both others have it. */
        AGREE,
        /** As the one of them has it that decodes the file. */
        AGREE_WITH_ONE,
        /** As GDCM has it, which gives a byte to each sample of one bit; here they are packed, as allocated. */
        AGREE_UNPACKED,
        DIFFER,
        /** Decoded; neither of the others told what to. */
        NO_REFERENCE,
        NO_DECODER,
        REFUSED,
        /** No pixel data, or no DICOM object. */
        NO_PIXELS
    }

    /** Files whose pixel data is refused. */
    private static final Map<String, String> REFUSED = Map.of(
            "malformed_real/fodicom/GH1146.dcm", "half of the pixels its image has",
            "malformed_real/fodicom/genFile.dcm", "native samples in a fragment that should be JPEG",
            "malformed_real/pydicom_test/JPEG2000-embedded-sequence-delimiter.dcm",
                    "a header overwritten with a delimiter",
            "malformed_real/pydicom_test/meta_missing_tsyntax.dcm", "no rows",
            "malformed_real/pydicom_test/nested_priv_SQ.dcm", "no rows",
            "valid/fodicom/multiframe.dcm", "tiles at the edges are smaller frames than the image says");

    @Test
    void everyFrameIsAsTheOthersDecodeIt() throws IOException {
        Map<Outcome, Set<String>> outcomes = new TreeMap<>();
        for (Manifest.Row row : Manifest.rows()) {
            Outcome outcome = outcome(row);
            outcomes.computeIfAbsent(outcome, any -> new TreeSet<>()).add(row.name());
        }
        Map<Outcome, Integer> counts = new TreeMap<>();
        outcomes.forEach((outcome, names) -> counts.put(outcome, names.size()));
        System.out.println("frames beside GDCM and DCMTK: " + counts);
        System.out.println("frames without a decoder: " + outcomes.get(Outcome.NO_DECODER));

        assertThat(outcomes).doesNotContainKey(Outcome.DIFFER);
        assertThat(outcomes.get(Outcome.REFUSED)).isEqualTo(REFUSED.keySet());
        assertThat(counts)
                .isEqualTo(Map.of(
                        Outcome.AGREE, 127,
                        Outcome.AGREE_WITH_ONE, 14,
                        Outcome.AGREE_UNPACKED, 2,
                        Outcome.NO_REFERENCE, 18,
                        Outcome.NO_DECODER, 1,
                        Outcome.REFUSED, 6,
                        Outcome.NO_PIXELS, 92));
    }

    private static Outcome outcome(Manifest.Row row) throws IOException {
        DicomFile file;
        try (InputStream in = Files.newInputStream(row.file())) {
            file = DicomFile.read(in, ReadLimits.DEFAULT);
        } catch (MalformedInput e) {
            return Outcome.NO_PIXELS;
        }
        if (!file.dataSet().contains(Tag.PIXEL_DATA)) {
            return Outcome.NO_PIXELS;
        }
        try {
            FrameReader reader = FrameReader.of(file, PixelLimits.DEFAULT);
            Packed all = new Packed();
            try (StoredObject stored = StoredObject.open(row.file(), file.transferSyntax(), PixelLimits.DEFAULT)) {
                for (int i = 0; i < reader.image().frames(); i++) {
                    Frame frame = reader.frame(i);
                    if (stored != null) {
                        assertThat(Arrays.equals(stored.reader().frame(i).bytes(), frame.bytes()))
                                .as("%s, frame %d by ranges", row.name(), i)
                                .isTrue();
                    }
                    all.add(frame);
                }
            }
            return compare(row, all);
        } catch (MalformedInput e) {
            System.out.println("refused " + row.name() + ": " + e.getMessage());
            return e.kind() == Kind.UNSUPPORTED ? Outcome.NO_DECODER : Outcome.REFUSED;
        }
    }

    private static Outcome compare(Manifest.Row row, Packed all) {
        if (!row.known()) {
            return Outcome.NO_REFERENCE;
        }
        String digest = all.digest();
        if (row.agreed()) {
            return digest.equals(row.gdcm()) ? Outcome.AGREE : Outcome.DIFFER;
        }
        if (digest.equals(row.gdcm()) || digest.equals(row.dcmtk())) {
            return Outcome.AGREE_WITH_ONE;
        }
        return all.unpackedDigest().equals(row.gdcm()) ? Outcome.AGREE_UNPACKED : Outcome.DIFFER;
    }

    /** All frames one after the other, single bits as native pixel data has them: not even at a byte's border. */
    private static final class Packed {
        private final MessageDigest digest = sha256();
        private final MessageDigest unpacked = sha256();
        private int last;
        private int bits;

        void add(Frame frame) {
            ImageDescription image = frame.image();
            if (image.bitsAllocated() % 8 == 0) {
                digest.update(frame.bytes());
                return;
            }
            for (long bit = 0; bit < image.frameBits(); bit++) {
                int value = frame.bytes()[(int) (bit >>> 3)] >>> (bit & 7) & 1;
                last |= value << bits;
                bits = (bits + 1) & 7;
                if (bits == 0) {
                    digest.update((byte) last);
                    last = 0;
                }
                unpacked.update((byte) value);
            }
        }

        /** The bits of a last byte that is not full count for none, as the others have it. */
        String digest() {
            return HexFormat.of().formatHex(digest.digest());
        }

        String unpackedDigest() {
            return HexFormat.of().formatHex(unpacked.digest());
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
