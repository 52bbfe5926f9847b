package io.prelim.dicom.object;

import io.prelim.dicom.syntax.TransferSyntax;
import java.io.IOException;
import java.io.OutputStream;

/** Writes data sets to streams. */
public final class DataSetWriter {
    private DataSetWriter() {}

    /** Writes the data set in the given syntax; sequences keep the way their length was written. */
    public static void write(DataSet dataSet, TransferSyntax syntax, OutputStream out) throws IOException {
        throw new UnsupportedOperationException("write");
    }
}
