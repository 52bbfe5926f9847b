package io.prelim.dicom.object;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.syntax.TransferSyntax;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A DICOM file (PS3.10 section 7): preamble, file meta information, data set. */
public final class DicomFile {
    private final DataSet fileMeta;
    private final DataSet dataSet;
    private final TransferSyntax transferSyntax;

    private DicomFile(DataSet fileMeta, DataSet dataSet, TransferSyntax transferSyntax) {
        this.fileMeta = fileMeta;
        this.dataSet = dataSet;
        this.transferSyntax = transferSyntax;
    }

    /** Whether the bytes begin with a preamble and the prefix {@code DICM}; give at least 132. */
    public static boolean isDicom(byte[] head) {
        return head.length >= 132 && head[128] == 'D' && head[129] == 'I' && head[130] == 'C' && head[131] == 'M';
    }

    /** A file of a data set, with file meta information made from it. */
    public static DicomFile of(DataSet dataSet, TransferSyntax syntax) {
        return new DicomFile(new DataSet(), dataSet, syntax);
    }

    /**
     * Reads a whole file, pixel data and all.
     *
     * @throws MalformedInput when the bytes break the standard or a limit
     */
    public static DicomFile read(InputStream in, ReadLimits limits) throws IOException {
        throw new UnsupportedOperationException("read");
    }

    /** Writes preamble, file meta information and data set. */
    public void write(OutputStream out) throws IOException {
        throw new UnsupportedOperationException("write");
    }

    public DataSet fileMeta() {
        return fileMeta;
    }

    public DataSet dataSet() {
        return dataSet;
    }

    public TransferSyntax transferSyntax() {
        return transferSyntax;
    }
}
