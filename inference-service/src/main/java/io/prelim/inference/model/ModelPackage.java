package io.prelim.inference.model;

import java.util.Optional;

/**
 * A model as read from its folder: its digests are those of the very bytes that run.
 *
 * @param folder         for messages
 * @param modelDigest    {@code sha256:} and 64 hexadecimal digits of {@code model}
 * @param manifestDigest same, of the manifest file
 * @param card           empty when the card is missing or unreadable
 * @param cardProblem    why there is no card
 * @param model          the ONNX file's bytes; not to be changed
 */
public record ModelPackage(
        String folder,
        ModelManifest manifest,
        String modelDigest,
        String manifestDigest,
        Optional<ModelCard> card,
        Optional<String> cardProblem,
        @SuppressWarnings("ArrayRecordComponent") byte[] model) {
    /** Part of topic names: two versions of a model can be deployed side by side. */
    public String deployment() {
        return manifest.id() + "-" + manifest.version().replace('.', '-');
    }

    @Override
    public String toString() {
        return deployment() + " " + modelDigest;
    }
}
