package io.prelim.chaos.send;

import java.util.List;

/**
 * One study as it is sent.
 *
 * @param images whether it has an image with pixel data
 * @param first in this order
 * @param late after a while
 */
public record Script(int number, String studyInstanceUid, boolean images, List<Parcel> first, List<Parcel> late) {
    public Script {
        first = List.copyOf(first);
        late = List.copyOf(late);
    }
}
