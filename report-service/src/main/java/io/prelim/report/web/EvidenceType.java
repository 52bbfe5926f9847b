package io.prelim.report.web;

import io.prelim.report.store.EvidenceStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** The kinds of evidence there are, each known by its first bytes too; all of them at most {@link EvidenceStore#MOST_BYTES} long. */
enum EvidenceType {
    /** A saliency map. */
    PNG("image/png") {
        @Override
        boolean begins(byte[] bytes) {
            return Arrays.mismatch(SIGNATURE, bytes) == SIGNATURE.length;
        }
    },
    /** A mask of a volume: NIfTI-1 in one file, header and data (magic {@code n+1}), compressed. */
    NIFTI("application/vnd.nifti+gzip") {
        @Override
        boolean begins(byte[] bytes) {
            try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                ByteBuffer header = ByteBuffer.wrap(in.readNBytes(HEADER));
                return header.remaining() == HEADER
                        && (header.order(ByteOrder.LITTLE_ENDIAN).getInt(0) == HEADER
                                || header.order(ByteOrder.BIG_ENDIAN).getInt(0) == HEADER)
                        && header.order(ByteOrder.BIG_ENDIAN).getInt(HEADER - Integer.BYTES) == MAGIC;
            } catch (IOException e) {
                return false;
            }
        }
    };

    // PNG, third edition, section 5.2
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    // nifti1.h: sizeof_hdr, and the magic at its end
    private static final int HEADER = 348;
    private static final int MAGIC = 'n' << 24 | '+' << 16 | '1' << 8;

    private final String mediaType;

    EvidenceType(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }

    /** Whether bytes begin as ones of this kind do. */
    abstract boolean begins(byte[] bytes);

    /** @param contentType the header's value, or null */
    static Optional<EvidenceType> of(String contentType) {
        return Arrays.stream(values())
                .filter(type -> type.mediaType.equalsIgnoreCase(contentType))
                .findFirst();
    }
}
