package io.prelim.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    @TempDir
    Path folder;

    @Test
    void secretIsKeptAndOnlyItsOwnerCanReadTheFile() throws IOException {
        Path file = folder.resolve("secrets.properties");
        Secrets secrets = Secrets.open(file);

        String made = secrets.get("parts");
        String other = secrets.get("database");

        assertThat(made).hasSize(43).isNotEqualTo(other);
        assertThat(Secrets.open(file).get("parts")).isEqualTo(made);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(secrets.toString()).doesNotContain(made);
    }
}
