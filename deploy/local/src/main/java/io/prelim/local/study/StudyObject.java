package io.prelim.local.study;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DataSetReader;
import io.prelim.dicom.object.DataSetWriter;
import io.prelim.dicom.object.DicomFile;
import io.prelim.dicom.syntax.TransferSyntax;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One DICOM object in a file.
 *
 * @param file where it is
 * @param offset of the data set in the file; -1 when the file must be read whole to find it
 * @param syntax the data set's transfer syntax
 * @param studyInstanceUid the study it belongs to
 * @param image whether it has pixel data
 */
public record StudyObject(
        Path file,
        long offset,
        TransferSyntax syntax,
        String sopClassUid,
        String sopInstanceUid,
        String studyInstanceUid,
        boolean image) {
    private static final int HEAD = 132;
    /** The head, and (0002,0000) File Meta Information Group Length with its value. */
    private static final int HEAD_AND_LENGTH = HEAD + 12;

    private static final int MAX_META = 1 << 20;

    /**
     * Reads what identifies the object; pixel data stays unread where the file's form allows.
     *
     * @throws MalformedInput if it is no DICOM file, or an object without the UIDs of SOP class, instance or study
     */
    public static StudyObject read(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            byte[] head = in.readNBytes(HEAD_AND_LENGTH);
            int length = metaLength(head);
            if (length < 0) {
                return whole(file);
            }
            byte[] bytes = in.readNBytes(length);
            DataSet meta = DataSetReader.read(
                    new ByteArrayInputStream(bytes), TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, ReadLimits.DEFAULT);
            String uid = meta.string(Tag.TRANSFER_SYNTAX_UID);
            if (uid == null || TransferSyntax.of(uid).deflated()) {
                return whole(file);
            }
            TransferSyntax syntax = TransferSyntax.of(uid);
            var header = DataSetReader.readHeader(in, syntax, ReadLimits.DEFAULT);
            return of(file, HEAD_AND_LENGTH + (long) length, syntax, header.dataSet(), header.pixelData() != null);
        }
    }

    /** The data set's bytes in {@link #syntax}. */
    public InputStream open() throws IOException {
        if (offset >= 0) {
            InputStream in = Files.newInputStream(file);
            in.skipNBytes(offset);
            return in;
        }
        try (InputStream in = Files.newInputStream(file)) {
            DicomFile read = DicomFile.read(in, ReadLimits.DEFAULT);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataSetWriter.write(read.dataSet(), read.transferSyntax(), bytes);
            return new ByteArrayInputStream(bytes.toByteArray());
        }
    }

    /** The value of (0002,0000), or -1 when the file does not begin with preamble, prefix and that element. */
    private static int metaLength(byte[] head) {
        if (head.length < HEAD_AND_LENGTH || !DicomFile.isDicom(head)) {
            return -1;
        }
        ByteBuffer meta = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        boolean groupLength = meta.getInt(HEAD) == 2 && head[HEAD + 4] == 'U' && head[HEAD + 5] == 'L';
        int length = meta.getInt(HEAD + 8);
        return groupLength && length > 0 && length <= MAX_META ? length : -1;
    }

    private static StudyObject whole(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            DicomFile read = DicomFile.read(in, ReadLimits.DEFAULT);
            return of(
                    file,
                    -1,
                    read.transferSyntax(),
                    read.dataSet(),
                    read.dataSet().contains(Tag.PIXEL_DATA));
        }
    }

    private static StudyObject of(Path file, long offset, TransferSyntax syntax, DataSet header, boolean image)
            throws MalformedInput {
        return new StudyObject(
                file,
                offset,
                syntax,
                required(header, Tag.SOP_CLASS_UID),
                required(header, Tag.SOP_INSTANCE_UID),
                required(header, Tag.STUDY_INSTANCE_UID),
                image);
    }

    private static String required(DataSet header, int tag) throws MalformedInput {
        String value = header.string(tag);
        if (value == null) {
            throw new MalformedInput(MalformedInput.Kind.STRUCTURE, "no value", 0, Tag.toString(tag), -1);
        }
        return value;
    }
}
