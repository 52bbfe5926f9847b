package io.prelim.testkit.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;

/**
 * A self-signed certificate for {@code localhost} and 127.0.0.1, valid for a day, as PEM files.
 *
 * @param certificate PEM file of the certificate
 * @param key PEM file of its key, PKCS#8, not encrypted
 * @param x509 the certificate itself
 */
public record TestCertificate(Path certificate, Path key, X509Certificate x509) {
    private static final String PASSWORD = "of a day";

    /**
     * Makes one.
     *
     * @param folder takes the files
     * @param name common name and file name: letters and digits
     * @param keyAlgorithm {@code EC} or {@code RSA}
     */
    public static TestCertificate make(Path folder, String name, String keyAlgorithm) throws IOException {
        Path store = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-dname",
                        "CN=" + name + ",O=Prelim test",
                        "-keyalg",
                        keyAlgorithm,
                        "-validity",
                        "1",
                        "-ext",
                        "SAN=dns:localhost,ip:127.0.0.1",
                        "-ext",
                        "BC=ca:true",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (keytool.waitFor() != 0) {
                throw new IOException("keytool: " + output);
            }
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(store)) {
                keys.load(in, PASSWORD.toCharArray());
            }
            X509Certificate certificate = (X509Certificate) keys.getCertificate(name);
            return new TestCertificate(
                    pem(folder.resolve(name + ".crt"), "CERTIFICATE", certificate.getEncoded()),
                    pem(
                            folder.resolve(name + ".key"),
                            "PRIVATE KEY",
                            keys.getKey(name, PASSWORD.toCharArray()).getEncoded()),
                    certificate);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static Path pem(Path file, String label, byte[] der) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return Files.writeString(file, "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
    }
}
