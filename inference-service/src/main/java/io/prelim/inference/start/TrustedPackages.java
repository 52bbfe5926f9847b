package io.prelim.inference.start;

import io.prelim.inference.config.InferenceConfig;
import io.prelim.inference.model.PackageTrust;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the configuration says of trust; a service that cannot read it does not start, rather than trust all. */
final class TrustedPackages {
    private static final int MAX_KEY_BYTES = 16 << 10;

    private TrustedPackages() {}

    /** @throws IllegalArgumentException naming the configuration key, and what is wrong with it */
    static PackageTrust of(InferenceConfig config) {
        try {
            List<String> keys = new ArrayList<>();
            for (String file : config.signingKeys().orElse(List.of())) {
                keys.add(text(Path.of(file)));
            }
            return PackageTrust.of(config.pins().orElse(List.of()), keys);
        } catch (IOException e) {
            throw new IllegalArgumentException("prelim.inference.signing-keys: cannot be read: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "prelim.inference.pins or prelim.inference.signing-keys: " + e.getMessage(), e);
        }
    }

    private static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAX_KEY_BYTES), StandardCharsets.US_ASCII);
        }
    }
}
