package io.prelim.inference.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds and reads model packages. Each file is read once, and what was read is what is digested, checked and run. */
public final class PackageReader {
    private static final int MAX_MODEL_BYTES = 1 << 30;

    private PackageReader() {}

    /**
     * The package folders a configured place names: itself, its children, or their {@code package} folders, whichever hold a
     * {@code manifest.yaml}; sorted by name.
     *
     * @throws BadPackage if there is no such folder
     */
    public static List<Path> find(Path place) throws BadPackage {
        if (holdsManifest(place)) {
            return List.of(place);
        }
        if (holdsManifest(place.resolve("package"))) {
            return List.of(place.resolve("package"));
        }
        List<Path> found = new ArrayList<>();
        try (Stream<Path> children = Files.list(place)) {
            children.sorted().forEach(child -> {
                if (holdsManifest(child)) {
                    found.add(child);
                } else if (holdsManifest(child.resolve("package"))) {
                    found.add(child.resolve("package"));
                }
            });
        } catch (IOException e) {
            throw new BadPackage(place.toString(), "", "is no readable folder of model packages", e);
        }
        return found;
    }

    /** @throws BadPackage naming file and key; a bad card is no reason to refuse, it is kept as {@link ModelPackage#cardProblem} */
    public static ModelPackage read(Path folder) throws BadPackage {
        byte[] manifestBytes = bytes(folder, ManifestReader.FILE, YamlNode.MAX_BYTES);
        ModelManifest manifest = ManifestReader.read(manifestBytes);
        byte[] model = bytes(folder, manifest.modelFile(), MAX_MODEL_BYTES);
        String modelSha256 = sha256(model);
        if (!modelSha256.equals(manifest.modelSha256())) {
            throw new BadPackage(
                    ManifestReader.FILE,
                    "model.sha256",
                    "says " + manifest.modelSha256() + ", but " + manifest.modelFile() + " has " + modelSha256);
        }
        Optional<ModelCard> card = Optional.empty();
        Optional<String> cardProblem = Optional.empty();
        try {
            card = Optional.of(ModelCard.read(bytes(folder, ModelCard.FILE, YamlNode.MAX_BYTES)));
        } catch (BadPackage e) {
            cardProblem = Optional.of(String.valueOf(e.getMessage()));
        }
        return new ModelPackage(
                folder.toString(),
                manifest,
                "sha256:" + modelSha256,
                "sha256:" + sha256(manifestBytes),
                card,
                cardProblem,
                model);
    }

    private static boolean holdsManifest(Path folder) {
        return Files.isRegularFile(folder.resolve(ManifestReader.FILE));
    }

    /** A link could lead out of the package: only plain files are read. */
    private static byte[] bytes(Path folder, String name, int most) throws BadPackage {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new BadPackage(name, "", "is not a plain file in " + folder);
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] read = in.readNBytes(most);
            if (in.read() >= 0) {
                throw new BadPackage(name, "", "has more than " + most + " bytes");
            }
            return read;
        } catch (IOException e) {
            throw new BadPackage(name, "", "cannot be read: " + e.getMessage(), e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
