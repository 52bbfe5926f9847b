package io.prelim.ingest.index;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/**
 * What the index has under a SOP Instance UID.
 *
 * @param pixelsDigest null without pixel data
 * @param identityDigest of version 1
 * @param headerDigests of all versions
 */
record KnownInstance(String pixelsDigest, String identityDigest, Set<String> headerDigests) {
    KnownInstance {
        headerDigests = Set.copyOf(headerDigests);
    }

    /** What an instance of the same UID is to this one. */
    IndexOutcome compare(NewInstance.Instance again) {
        if (!Objects.equals(pixelsDigest, again.pixelsDigest())) {
            return new IndexOutcome.OtherPixels();
        }
        if (headerDigests.contains(again.headerDigest())) {
            return new IndexOutcome.Duplicate();
        }
        return new IndexOutcome.HeaderVersion(headerDigests.size() + 1, !identityDigest.equals(again.identityDigest()));
    }

    KnownInstance with(String headerDigest) {
        Set<String> all = new HashSet<>(headerDigests);
        all.add(headerDigest);
        return new KnownInstance(pixelsDigest, identityDigest, all);
    }
}
