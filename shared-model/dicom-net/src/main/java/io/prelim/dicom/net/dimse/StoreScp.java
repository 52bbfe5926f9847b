package io.prelim.dicom.net.dimse;

import java.io.IOException;
import java.io.InputStream;

/** Receives the objects peers send. Called on the association's thread, one object at a time per association. */
@FunctionalInterface
public interface StoreScp {
    /**
     * Takes one object. The stream yields the data set as it comes in from the network; read it to its end (what is left is
     * drained). An {@link IOException} of the stream's means that the object did not arrive whole: keep nothing. Any exception
     * thrown here because of something else is answered 0110, processing failure.
     *
     * @return the answer, sent when this method returns
     */
    StoreResponse store(StoreRequest request, InputStream dataSet) throws IOException;
}
