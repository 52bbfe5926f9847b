package io.prelim.dicom.net.dimse;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletionStage;

/** Receives the objects peers send. Called on the association's thread, one object at a time per association. */
@FunctionalInterface
public interface StoreScp {
    /**
     * Takes one object. The stream yields the data set as it comes in from the network, until this method returns; read it to its
     * end (what is left is drained). An {@link IOException} of the stream's means that the object did not arrive whole: keep
     * nothing. Any exception thrown here because of something else, or that the stage ends with, is answered C00F.
     *
     * <p>The answer may come later and from any thread, which is never kept waiting by a slow peer. Where the peer agreed to
     * several outstanding operations (PS3.7 section D.3.3.3), the next object is taken while earlier ones are without answer.
     *
     * @return the answer, sent as soon as it is there; it is lost when the association ends first
     */
    CompletionStage<StoreResponse> store(StoreRequest request, InputStream dataSet) throws IOException;
}
