package io.prelim.inference.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds and reads model packages. Each file is read once, and what was read is what is digested, checked and run. */
public final class PackageReader {
    static final int MAX_MODEL_BYTES = 1 << 30;

    /** Base64 of an Ed25519 signature (RFC 8032) over the package's digest. */
    static final String SIGNATURE = "package.sig";

    /** Besides these a package holds the model's file and nothing else. */
    private static final Set<String> KNOWN =
            Set.of(ManifestReader.FILE, ModelCard.FILE, SIGNATURE, "validation.json", "README.md", "LICENSE");

    private static final int MAX_OTHER_BYTES = 16 << 20;
    private static final int MAX_CHILDREN = 10_000;

    private PackageReader() {}

    /**
     * The packages a configured place names: itself, its children, or their {@code package} folders, whichever hold a
     * {@code manifest.yaml} or are {@code .zip} files; sorted by name.
     *
     * @throws BadPackage if there is no such place
     */
    public static List<Path> find(Path place) throws BadPackage {
        Optional<Path> itself = at(place);
        if (itself.isPresent()) {
            return List.of(itself.get());
        }
        List<Path> found = new ArrayList<>();
        try (Stream<Path> children = Files.list(place)) {
            List<Path> sorted = children.limit(MAX_CHILDREN + 1).sorted().toList();
            if (sorted.size() > MAX_CHILDREN) {
                throw new BadPackage(place.toString(), "", "holds more than " + MAX_CHILDREN + " files and folders");
            }
            sorted.forEach(child -> at(child).ifPresent(found::add));
        } catch (IOException e) {
            throw new BadPackage(place.toString(), "", "is no readable folder of model packages", e);
        }
        return found;
    }

    /** @throws BadPackage naming file and key; a bad card is no reason to refuse, it is kept as {@link ModelPackage#cardProblem} */
    public static ModelPackage read(Path place) throws BadPackage {
        try (PackageFiles files = PackageFiles.open(place)) {
            byte[] manifestBytes = files.read(ManifestReader.FILE, YamlNode.MAX_BYTES);
            ModelManifest manifest = ManifestReader.read(manifestBytes);
            known(files, manifest.modelFile());
            SortedMap<String, byte[]> contents = new TreeMap<>();
            for (String name : files.names()) {
                if (name.equals(ManifestReader.FILE)) {
                    contents.put(name, manifestBytes);
                } else {
                    contents.put(
                            name,
                            files.read(name, name.equals(manifest.modelFile()) ? MAX_MODEL_BYTES : MAX_OTHER_BYTES));
                }
            }
            return read(place, manifest, contents);
        }
    }

    private static ModelPackage read(Path place, ModelManifest manifest, SortedMap<String, byte[]> contents)
            throws BadPackage {
        byte[] model = contents.get(manifest.modelFile());
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
            byte[] yaml = contents.get(ModelCard.FILE);
            if (yaml == null) {
                throw new BadPackage(ModelCard.FILE, "", "is not in the package");
            }
            card = Optional.of(ModelCard.read(yaml));
        } catch (BadPackage e) {
            cardProblem = Optional.of(String.valueOf(e.getMessage()));
        }
        return new ModelPackage(
                place.toString(),
                manifest,
                "sha256:" + modelSha256,
                "sha256:" + sha256(contents.get(ManifestReader.FILE)),
                card,
                cardProblem,
                model,
                digest(contents),
                Optional.ofNullable(contents.get(SIGNATURE))
                        .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1).strip()));
    }

    /** Over every file but the signature, in the order of their names, as {@code sha256sum} lists them: anyone can make it again. */
    private static String digest(SortedMap<String, byte[]> contents) {
        StringBuilder list = new StringBuilder();
        contents.forEach((name, bytes) -> {
            if (!name.equals(SIGNATURE)) {
                list.append(sha256(bytes)).append("  ").append(name).append('\n');
            }
        });
        return "sha256:" + sha256(list.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static void known(PackageFiles files, String model) throws BadPackage {
        if (KNOWN.stream().anyMatch(model::equalsIgnoreCase)) {
            throw new BadPackage(ManifestReader.FILE, "model.file", "\"" + model + "\" is the name of another file");
        }
        if (!files.names().contains(model)) {
            throw new BadPackage(model, "", "is not in the package");
        }
        for (String name : files.names()) {
            if (!name.equals(model) && !KNOWN.contains(name)) {
                throw new BadPackage(name, "", "is no file of a package; take it out");
            }
        }
    }

    private static Optional<Path> at(Path place) {
        if (Files.isRegularFile(place) && PackageFiles.isArchive(place) || holdsManifest(place)) {
            return Optional.of(place);
        }
        return Optional.of(place.resolve("package")).filter(PackageReader::holdsManifest);
    }

    private static boolean holdsManifest(Path folder) {
        return Files.exists(folder.resolve(ManifestReader.FILE), LinkOption.NOFOLLOW_LINKS);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
