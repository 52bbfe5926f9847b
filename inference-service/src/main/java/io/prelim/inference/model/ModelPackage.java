package io.prelim.inference.model;

import java.util.Optional;

/**
 * A model as read from its folder or archive: its digests are those of the very bytes that run.
 *
 * @param folder         folder or archive, for messages
 * @param modelDigest    {@code sha256:} and 64 hexadecimal digits of {@code model}
 * @param manifestDigest same, of the manifest file
 * @param card           empty when the card is missing or unreadable
 * @param cardProblem    why there is no card
 * @param model          the ONNX file's bytes; not to be changed
 * @param digest         {@code sha256:} and 64 hexadecimal digits over all files but the signature, card too: the package's identity
 * @param signature      what {@code package.sig} says, not yet checked: {@link PackageTrust} does
 */
public record ModelPackage(
        String folder,
        ModelManifest manifest,
        String modelDigest,
        String manifestDigest,
        Optional<ModelCard> card,
        Optional<String> cardProblem,
        @SuppressWarnings("ArrayRecordComponent") byte[] model,
        String digest,
        Optional<String> signature) {
    /** Part of topic names: two versions of a model can be deployed side by side. */
    public String deployment() {
        return manifest.id() + "-" + manifest.version().replace('.', '-');
    }

    @Override
    public String toString() {
        return deployment() + " " + digest;
    }
}
