package io.prelim.events;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A model as deployed: the digests say which bytes answered.
 *
 * @param deployment     the deployment's name, part of its job topics: lower-case letters, digits, {@code -}
 * @param id             model id of the manifest
 * @param version        model version of the manifest
 * @param name           for people
 * @param modelDigest    {@code sha256:} of the model file
 * @param manifestDigest {@code sha256:} of the manifest file
 * @param researchOnly   true when the model has no valid clearance: its findings carry a watermark
 */
public record ModelReference(
        String deployment,
        String id,
        String version,
        @Nullable String name,
        String modelDigest,
        String manifestDigest,
        ModelRole role,
        boolean researchOnly) {
    public ModelReference {
        Objects.requireNonNull(deployment, "deployment");
        Objects.requireNonNull(modelDigest, "modelDigest");
        Objects.requireNonNull(manifestDigest, "manifestDigest");
    }
}
