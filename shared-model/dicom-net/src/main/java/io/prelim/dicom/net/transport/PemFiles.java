package io.prelim.dicom.net.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * PEM files (RFC 7468) that a TLS context is made of.
 *
 * @param certificates our certificate, then those up to its issuer; null for none, then there is no key either
 * @param key our private key, PKCS#8 and not encrypted: RSA, EC or Ed25519
 * @param trusted certificates of issuers, or of peers themselves; null to trust nobody
 */
public record PemFiles(Path certificates, Path key, Path trusted) {
    private static final Pattern PRIVATE_KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "Ed25519");

    /** Only guards an in-memory store. */
    private static final char[] NO_PASSWORD = new char[0];

    public PemFiles {
        if ((certificates == null) != (key == null)) {
            throw new IllegalArgumentException("a certificate needs its key, and a key its certificate");
        }
    }

    /**
     * Reads the files.
     *
     * @throws IOException when one cannot be read or does not hold what it should; names the file, holds nothing of its content
     */
    public SSLContext context() throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers(), trustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("no TLS context can be made of the files: " + e.getMessage(), e);
        }
    }

    /**
     * Who checks the certificates of peers in {@link #context}, for clients that must be told beside it.
     *
     * @throws IOException as {@link #context}, and when nobody is trusted
     */
    public X509TrustManager trustManager() throws IOException {
        try {
            for (TrustManager each : trustManagers()) {
                if (each instanceof X509TrustManager found) {
                    return found;
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("no trust can be made of the files: " + e.getMessage(), e);
        }
        throw new IOException("nobody is trusted");
    }

    private KeyManager[] keyManagers() throws IOException, GeneralSecurityException {
        if (certificates == null) {
            return new KeyManager[0];
        }
        KeyStore store = empty();
        Certificate[] chain = read(certificates).toArray(Certificate[]::new);
        store.setKeyEntry("ours", privateKey(), NO_PASSWORD, chain);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private TrustManager[] trustManagers() throws IOException, GeneralSecurityException {
        if (trusted == null) {
            // an empty array trusts nobody; null would trust whom the platform trusts
            return new TrustManager[0];
        }
        KeyStore store = empty();
        for (Certificate certificate : read(trusted)) {
            store.setCertificateEntry("trusted-" + store.size(), certificate);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Collection<? extends Certificate> read(Path file) throws IOException, GeneralSecurityException {
        Collection<? extends Certificate> read;
        try {
            read = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " holds a certificate that cannot be read", e);
        }
        if (read.isEmpty()) {
            throw new IOException(file + " holds no certificate");
        }
        return read;
    }

    private PrivateKey privateKey() throws IOException, GeneralSecurityException {
        Matcher pem = PRIVATE_KEY.matcher(Files.readString(key, StandardCharsets.ISO_8859_1));
        if (!pem.find()) {
            throw new IOException(key + " holds no PKCS#8 private key (BEGIN PRIVATE KEY)");
        }
        PKCS8EncodedKeySpec spec;
        try {
            spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
        } catch (IllegalArgumentException e) {
            throw new IOException(key + " is not Base64 inside", e);
        }
        for (String algorithm : KEY_ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                // of another algorithm
            }
        }
        throw new IOException(key + " holds a key that is none of " + KEY_ALGORITHMS);
    }
}
