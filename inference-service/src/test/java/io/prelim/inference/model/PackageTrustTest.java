package io.prelim.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.prelim.inference.fixture.TestPackages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageTrustTest {
    private static final Path SIGN = Path.of("..", "deploy", "models", "sign").toAbsolutePath();

    @TempDir
    Path work;

    private final KeyPair ours = keys("Ed25519");
    private final KeyPair others = keys("Ed25519");
    private Path folder;

    @BeforeEach
    void write() {
        folder = TestPackages.brightness(work.resolve("brightness"));
    }

    @Test
    void whereNothingIsConfiguredAllAreLetIn() {
        assertThatCode(() -> PackageTrust.of(List.of(), List.of()).check(read()))
                .doesNotThrowAnyException();
    }

    @Test
    void aPinLetsInItsDigestAlone() throws Exception {
        PackageTrust trust = PackageTrust.of(List.of("brightness@" + read().digest()), List.of());
        assertThatCode(() -> trust.check(read())).doesNotThrowAnyException();

        Files.writeString(folder.resolve("card.yaml"), "clearance: CE 0000\nregion: [EU]\nexpires: 2099-01-01\n");

        BadPackage refused = refused(trust);
        assertThat(refused.key()).isEqualTo("id");
        assertThat(refused).hasMessageContaining(read().digest()).hasMessageContaining("is not pinned for brightness");
    }

    @Test
    void whereSomeArePinnedTheOthersAreRefused() throws Exception {
        assertThat(refused(PackageTrust.of(List.of("chest@" + read().digest()), List.of())))
                .hasMessageContaining("is not pinned for brightness");
    }

    @Test
    void aPinThatIsNoneIsNamed() {
        for (String pin : List.of("brightness", "brightness@sha256:12", "@sha256:" + "0".repeat(64), "")) {
            assertThatThrownBy(() -> PackageTrust.of(List.of(pin), List.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("\"" + pin + "\" is no pin");
        }
    }

    @Test
    void aSignatureByAConfiguredKeyIsAccepted() throws Exception {
        sign(ours);

        assertThatCode(() -> trust(ours).check(read())).doesNotThrowAnyException();
        assertThatCode(() -> PackageTrust.of(List.of(), List.of(pem(others.getPublic()), pem(ours.getPublic())))
                        .check(read()))
                .as("keys may be rolled")
                .doesNotThrowAnyException();
    }

    @Test
    void anUnsignedPackageIsRefused() {
        assertThat(refused(trust(ours))).hasMessageContaining("package.sig: is not in the package");
    }

    @Test
    void aSignatureByAnotherKeyIsRefused() throws Exception {
        sign(others);

        assertThat(refused(trust(ours))).hasMessageContaining("is by none of the configured keys");
    }

    @Test
    void aPackageChangedAfterItWasSignedIsRefused() throws Exception {
        sign(ours);
        Files.writeString(folder.resolve("card.yaml"), "clearance: CE 0000\nregion: [EU]\nexpires: 2099-01-01\n");

        assertThat(refused(trust(ours))).hasMessageContaining("is by none of the configured keys");
    }

    @Test
    void whatIsNoSignatureIsRefused() throws Exception {
        byte[] noPoint = new byte[64];
        Arrays.fill(noPoint, (byte) 0xFF);
        for (String text :
                List.of("", "not base64!", "AAAA", Base64.getEncoder().encodeToString(noPoint))) {
            Files.writeString(folder.resolve("package.sig"), text);
            assertThat(refused(trust(ours)).file()).isEqualTo("package.sig");
        }
    }

    @Test
    void aKeyThatIsNoneIsRefusedAtStart() {
        String rsa = pem(keys("RSA").getPublic());
        for (String pem :
                List.of("", "ours", rsa, rsa.replace("\n", "").substring(0, 60) + "\n-----END PUBLIC KEY-----")) {
            assertThatThrownBy(() -> PackageTrust.of(List.of(), List.of(pem)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** The script, as a model team runs it. */
    @Test
    void theScriptSaysTheDigestAndSigns() throws Exception {
        Assumptions.assumeTrue(run("openssl", "version").startsWith("OpenSSL 3"), "skipped: no OpenSSL 3");
        Path key = work.resolve("key.pem");
        run("openssl", "genpkey", "-algorithm", "ed25519", "-out", key.toString());
        String pem = run("openssl", "pkey", "-in", key.toString(), "-pubout");

        assertThat(run(SIGN.toString(), folder.toString())).isEqualToIgnoringNewLines(read().digest());
        assertThat(read().signature()).isEmpty();
        assertThat(run(SIGN.toString(), folder.toString(), key.toString())).isEqualToIgnoringNewLines(read().digest());

        assertThatCode(() -> PackageTrust.of(List.of(), List.of(pem)).check(read()))
                .doesNotThrowAnyException();
    }

    private ModelPackage read() throws BadPackage {
        return PackageReader.read(folder);
    }

    private BadPackage refused(PackageTrust trust) {
        BadPackage refused = catchThrowableOfType(BadPackage.class, () -> trust.check(read()));
        assertThat(refused).as("refused").isNotNull();
        return refused;
    }

    private static PackageTrust trust(KeyPair keys) {
        return PackageTrust.of(List.of(), List.of(pem(keys.getPublic())));
    }

    private void sign(KeyPair keys) throws GeneralSecurityException, BadPackage, IOException {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(keys.getPrivate());
        signature.update(read().digest().getBytes(StandardCharsets.US_ASCII));
        Files.writeString(folder.resolve("package.sig"), Base64.getEncoder().encodeToString(signature.sign()) + "\n");
    }

    private static KeyPair keys(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(PublicKey key) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            return command[0] + " is not there";
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
