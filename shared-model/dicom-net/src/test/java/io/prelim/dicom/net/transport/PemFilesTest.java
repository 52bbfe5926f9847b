package io.prelim.dicom.net.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.testkit.tls.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemFilesTest {
    @TempDir
    private static Path folder;

    private static TestCertificate own;

    @BeforeAll
    static void certificate() throws IOException {
        own = TestCertificate.make(folder, "own", "EC");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void keysOfEachAlgorithm(String algorithm) throws IOException {
        TestCertificate certificate = TestCertificate.make(folder, algorithm.toLowerCase(), algorithm);

        assertThat(new PemFiles(certificate.certificate(), certificate.key(), certificate.certificate()).context())
                .isNotNull();
    }

    @Test
    void aFileMayHoldSeveralCertificatesAndTextBetweenThem() throws IOException {
        Path several = folder.resolve("several.pem");
        String pem = Files.readString(own.certificate());
        Files.writeString(several, pem + pem);

        assertThat(new PemFiles(null, null, several).context()).isNotNull();
    }

    @Test
    void aCertificateInPlaceOfAKey() {
        assertThatThrownBy(() -> new PemFiles(own.certificate(), own.certificate(), null).context())
                .isInstanceOf(IOException.class)
                .hasMessage(own.certificate() + " holds no PKCS#8 private key (BEGIN PRIVATE KEY)");
    }

    @Test
    void aKeyInPlaceOfACertificate() {
        assertThatThrownBy(() -> new PemFiles(own.key(), own.key(), null).context())
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(own.key() + " holds");
    }

    @Test
    void anEmptyFile() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.pem"));

        assertThatThrownBy(() -> new PemFiles(null, null, empty).context())
                .isInstanceOf(IOException.class)
                .hasMessage(empty + " holds no certificate");
    }

    @Test
    void aKeyThatIsNone() throws IOException {
        Path broken = folder.resolve("broken.key");
        Files.writeString(broken, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");

        assertThatThrownBy(() -> new PemFiles(own.certificate(), broken, null).context())
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(broken + " holds a key that is none of");
    }

    @Test
    void aKeyWithoutItsCertificate() {
        assertThatThrownBy(() -> new PemFiles(null, own.key(), null)).isInstanceOf(IllegalArgumentException.class);
    }
}
