package io.prelim.dicom.json;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.object.Element;
import java.io.IOException;

/** Finds the values that a reader meets as BulkDataURI (PS3.18 section F.2.6). */
@FunctionalInterface
public interface BulkDataResolver {
    /** For JSON that must hold all its values itself. */
    BulkDataResolver NONE = reference -> {
        throw new MalformedInput(
                MalformedInput.Kind.UNSUPPORTED, "bulk data outside the JSON", 0, reference.path(), -1);
    };

    /**
     * The element to put. Text in it is UTF-8, numbers are little endian.
     *
     * @return null when the caller puts the element later, as for bulk data that comes after the metadata: once the reader has
     *     returned the data set, in which it is empty until then
     * @throws IOException a {@link MalformedInput} when there is none, or what fetching it fails with
     */
    Element resolve(BulkDataReference reference) throws IOException;
}
