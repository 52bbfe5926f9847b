package io.prelim.report.archive;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.object.DataSetWriter;
import io.prelim.dicom.object.DicomFile;
import io.prelim.dicom.syntax.TransferSyntax;
import io.prelim.report.delivery.Outgoing;
import io.prelim.report.store.Digests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** An instance as it goes out, in Explicit VR Little Endian; identified. */
@SuppressWarnings("ArrayRecordComponent")
record Document(String sopClassUid, String sopInstanceUid, byte[] dataSet) implements Outgoing {
    static Document of(DicomFile file) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            DataSetWriter.write(file.dataSet(), TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Document(
                file.dataSet().string(Tag.SOP_CLASS_UID),
                file.dataSet().string(Tag.SOP_INSTANCE_UID),
                bytes.toByteArray());
    }

    /** Of the data set. */
    @Override
    public String digest() {
        return Digests.sha256(dataSet);
    }

    /** As a file. */
    byte[] file() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            DicomFile.writeHead(sopClassUid, sopInstanceUid, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        bytes.writeBytes(dataSet);
        return bytes.toByteArray();
    }

    @Override
    public String toString() {
        return "Document[" + sopInstanceUid + "]";
    }
}
