package io.prelim.ingest.web.stow;

import io.prelim.ingest.web.multipart.Part;
import java.io.IOException;

/** Makes objects of the parts of one form of request. */
interface PartTaker extends AutoCloseable {
    /**
     * Takes a part, or refuses it by its {@link FailureReason}.
     *
     * @throws IOException when the request fails: nothing of this part is kept
     */
    void take(Part part) throws IOException;

    /** There are no more parts. */
    void end() throws IOException;

    /** Gives back what it held. */
    @Override
    void close();
}
