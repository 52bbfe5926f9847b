package io.prelim.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Properties;
import java.util.Set;

/** Passwords and tokens of one installation, made at random, kept in a file that only its owner can read. */
public final class Secrets {
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path file;
    private final Properties values = new Properties();

    private Secrets(Path file) {
        this.file = file;
    }

    /** Reads the file, if there is one. */
    public static Secrets open(Path file) throws IOException {
        Secrets secrets = new Secrets(file);
        if (Files.exists(file)) {
            try (var in = Files.newInputStream(file)) {
                secrets.values.load(in);
            }
        }
        return secrets;
    }

    /** The secret of that name: 32 random bytes, URL-safe, made and kept on first use. */
    public synchronized String get(String name) throws IOException {
        String value = values.getProperty(name);
        if (value == null) {
            byte[] random = new byte[32];
            new SecureRandom().nextBytes(random);
            value = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
            values.setProperty(name, value);
            save();
        }
        return value;
    }

    private void save() throws IOException {
        Files.deleteIfExists(file);
        // created closed, so that it is never readable, not even before the first byte
        Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER));
        try (var out = Files.newOutputStream(file, StandardOpenOption.WRITE)) {
            values.store(out, null);
        }
    }

    @Override
    public String toString() {
        return "Secrets[" + file + "]";
    }
}
