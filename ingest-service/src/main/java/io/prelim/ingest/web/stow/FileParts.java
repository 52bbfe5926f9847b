package io.prelim.ingest.web.stow;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.object.FileMeta;
import io.prelim.ingest.web.multipart.Part;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Set;

/** Each part a PS3.10 file: what its meta information says is what is announced, and the data set behind it is what is stored. */
final class FileParts implements PartTaker {
    /** File meta information is a few hundred bytes; a private part (0002,0102) may be longer. */
    private static final ReadLimits META_LIMITS = ReadLimits.DEFAULT.withMaxObjectBytes(1 << 20);

    private static final Set<String> PLAIN_ENCODINGS = Set.of("binary", "8bit", "7bit");

    private final Submissions submissions;

    FileParts(Submissions submissions) {
        this.submissions = submissions;
    }

    @Override
    public void take(Part part) throws IOException {
        boolean dicom = part.header("content-type") == null
                || part.contentType().filter(type -> type.is(StoreHead.DICOM)).isPresent();
        if (!dicom || !plain(part)) {
            submissions.refuse(FailureReason.NO_DICOM_PART, "no part of " + StoreHead.DICOM);
        } else {
            file(part.body());
        }
    }

    /** Whether the part's bytes are what they stand for (RFC 2045 section 6). */
    static boolean plain(Part part) {
        String encoding = part.header("content-transfer-encoding");
        return encoding == null || PLAIN_ENCODINGS.contains(encoding.toLowerCase(Locale.ROOT));
    }

    void file(InputStream file) throws IOException {
        FileMeta meta;
        try {
            meta = FileMeta.read(file, META_LIMITS);
        } catch (MalformedInput e) {
            submissions.refuse(FailureReason.of(e), e.getMessage());
            return;
        }
        submissions.store(meta.sopClassUid(), meta.sopInstanceUid(), meta.transferSyntaxUid(), meta.dataSet());
    }

    @Override
    public void end() {
        // each part was an object
    }

    @Override
    public void close() {
        // nothing is held
    }
}
