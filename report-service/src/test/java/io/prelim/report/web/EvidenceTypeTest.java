package io.prelim.report.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class EvidenceTypeTest {
    @Test
    void aKindIsKnownByItsMediaTypeAlone() {
        assertThat(EvidenceType.of("image/png")).contains(EvidenceType.PNG);
        assertThat(EvidenceType.of("Image/PNG")).contains(EvidenceType.PNG);
        assertThat(EvidenceType.of("application/vnd.nifti+gzip")).contains(EvidenceType.NIFTI);
        for (String other : new String[] {null, "", "image/svg+xml", "image/png; charset=utf-8", "text/html"}) {
            assertThat(EvidenceType.of(other)).as(other).isEqualTo(Optional.empty());
        }
    }

    @Test
    void aPictureBeginsWithItsSignature() {
        byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0};

        assertThat(EvidenceType.PNG.begins(png)).isTrue();
        assertThat(EvidenceType.PNG.begins(Arrays.copyOf(png, 7))).isFalse();
        assertThat(EvidenceType.PNG.begins("<svg onload=x>".getBytes(StandardCharsets.UTF_8)))
                .isFalse();
        assertThat(EvidenceType.NIFTI.begins(png)).isFalse();
    }

    @Test
    void aMaskIsACompressedHeaderAndItsMagic() throws IOException {
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            assertThat(EvidenceType.NIFTI.begins(gzip(header(order, 348, "n+1\0"))))
                    .isTrue();
            assertThat(EvidenceType.NIFTI.begins(gzip(header(order, 540, "n+1\0"))))
                    .isFalse();
            // ni1: the data are in another file
            assertThat(EvidenceType.NIFTI.begins(gzip(header(order, 348, "ni1\0"))))
                    .isFalse();
        }
        assertThat(EvidenceType.NIFTI.begins(header(ByteOrder.LITTLE_ENDIAN, 348, "n+1\0")))
                .as("not compressed")
                .isFalse();
        byte[] whole = gzip(header(ByteOrder.LITTLE_ENDIAN, 348, "n+1\0"));
        assertThat(EvidenceType.NIFTI.begins(Arrays.copyOf(whole, 20))).isFalse();
        assertThat(EvidenceType.NIFTI.begins(gzip(new byte[347]))).isFalse();
    }

    private static byte[] header(ByteOrder order, int size, String magic) {
        ByteBuffer header = ByteBuffer.allocate(352).order(order).putInt(0, size);
        header.position(344).put(magic.getBytes(StandardCharsets.US_ASCII));
        return header.array();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
