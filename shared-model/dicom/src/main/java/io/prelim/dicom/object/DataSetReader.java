package io.prelim.dicom.object;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.syntax.TransferSyntax;
import java.io.IOException;
import java.io.InputStream;

/** Reads data sets from streams. */
public final class DataSetReader {
    private DataSetReader() {}

    /**
     * Reads a whole data set, pixel data and all, to the end of the stream.
     *
     * @throws MalformedInput when the bytes break the standard or a limit
     */
    public static DataSet read(InputStream in, TransferSyntax syntax, ReadLimits limits) throws IOException {
        throw new UnsupportedOperationException("read");
    }

    /**
     * Reads up to pixel data. The stream then stands at the first byte of the pixel data's value, no byte further; without
     * pixel data it stands at its end.
     *
     * @throws MalformedInput when the bytes break the standard or a limit
     */
    public static Header readHeader(InputStream in, TransferSyntax syntax, ReadLimits limits) throws IOException {
        throw new UnsupportedOperationException("readHeader");
    }
}
