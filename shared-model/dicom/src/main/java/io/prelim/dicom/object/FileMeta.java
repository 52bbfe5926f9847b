package io.prelim.dicom.object;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.MalformedInput.Kind;
import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.stream.TokenReader;
import java.io.IOException;
import java.io.InputStream;

/**
 * The head of a DICOM file (PS3.10 section 7.1), taken off a stream that then goes on with the data set.
 *
 * @param elements group 0002
 * @param dataSet the data set's bytes, from the first one on
 */
public record FileMeta(DataSet elements, InputStream dataSet) {
    private static final int HEAD = 132;

    /**
     * Reads preamble, prefix and file meta information, which must all be there. The preamble is dropped. Takes a few bytes at a
     * time, and none of the data set: buffer what is slow at that.
     *
     * @param limits of the file meta information alone
     * @throws MalformedInput when the bytes break the standard or a limit, or name no transfer syntax
     */
    public static FileMeta read(InputStream in, ReadLimits limits) throws IOException {
        byte[] head = in.readNBytes(HEAD);
        if (!DicomFile.isDicom(head)) {
            throw new MalformedInput(Kind.STRUCTURE, "no preamble and prefix of a DICOM file", 0, "", head.length);
        }
        TokenReader reader = TokenReader.ofFileMeta(in, limits);
        DataSet elements = new DataSet();
        DataSetReader.read(reader, elements, false);
        if (elements.string(Tag.TRANSFER_SYNTAX_UID) == null) {
            throw new MalformedInput(
                    Kind.STRUCTURE,
                    "no transfer syntax",
                    HEAD + reader.offset(),
                    Tag.toString(Tag.TRANSFER_SYNTAX_UID),
                    -1);
        }
        return new FileMeta(elements, reader.rest());
    }

    public String transferSyntaxUid() {
        return elements.string(Tag.TRANSFER_SYNTAX_UID);
    }

    /** Null when it is not said. */
    public String sopClassUid() {
        return elements.string(Tag.MEDIA_STORAGE_SOP_CLASS_UID);
    }

    /** Null when it is not said. */
    public String sopInstanceUid() {
        return elements.string(Tag.MEDIA_STORAGE_SOP_INSTANCE_UID);
    }
}
