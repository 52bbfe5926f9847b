package io.prelim.dicom.json;

import io.prelim.dicom.core.VR;
import io.prelim.dicom.object.Element;
import io.prelim.dicom.object.FragmentsElement;
import io.prelim.dicom.object.ValueElement;

/** Chooses which values a writer leaves out of the JSON, and where they can be fetched instead (PS3.18 section F.2.6). */
@FunctionalInterface
public interface BulkDataPolicy {
    /** Writes every value inline. */
    BulkDataPolicy INLINE = (path, element) -> null;

    /**
     * Asked for each value that is not empty and may be bulk data: bytes, numbers, DS, IS, and long text.
     *
     * @param path tags and item numbers, such as {@code (0040,A730)[2].(0040,A168)}
     * @param element a {@link ValueElement}, or a {@link FragmentsElement}, which has no inline form of its own
     * @return the URI, or null to write the value inline
     */
    String uri(String path, Element element);

    /** Asks the policy for encapsulated pixel data and for values of bytes (OB to OW, UN) longer than the length given. */
    static BulkDataPolicy above(int bytes, BulkDataPolicy policy) {
        return (path, element) -> {
            boolean large = element instanceof FragmentsElement
                    || (element instanceof ValueElement value
                            && value.vr().kind() == VR.Kind.BYTES
                            && value.length() > bytes);
            return large ? policy.uri(path, element) : null;
        };
    }
}
