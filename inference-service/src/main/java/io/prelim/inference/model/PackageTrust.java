package io.prelim.inference.model;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which packages the site lets in.
 *
 * @param pins by model id, the package digests accepted; empty: any
 * @param keys Ed25519 keys, one of which must have signed; empty: no signature is asked for
 */
public record PackageTrust(Map<String, Set<String>> pins, List<PublicKey> keys) {
    private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
    private static final String END = "-----END PUBLIC KEY-----";
    private static final int SIGNATURE_BYTES = 64;

    public PackageTrust {
        pins = Map.copyOf(pins);
        keys = List.copyOf(keys);
    }

    /** @throws IllegalArgumentException naming what is no {@code id@sha256:<64 hexadecimal digits>}, or the key that is none */
    public static PackageTrust of(List<String> pins, List<String> pemKeys) {
        Map<String, Set<String>> byId = new HashMap<>();
        for (String pin : pins) {
            if (!pin.matches("[a-z0-9][a-z0-9-]{0,63}@sha256:[0-9a-f]{64}")) {
                throw new IllegalArgumentException("\"" + pin + "\" is no pin such as chest@sha256:<64 digits>");
            }
            int at = pin.indexOf('@');
            byId.computeIfAbsent(pin.substring(0, at), id -> new HashSet<>()).add(pin.substring(at + 1));
        }
        return new PackageTrust(byId, pemKeys.stream().map(PackageTrust::key).toList());
    }

    /** @throws BadPackage saying which digest was expected, or what is wrong with the signature */
    public void check(ModelPackage read) throws BadPackage {
        String id = read.manifest().id();
        if (!pins.isEmpty() && !pins.getOrDefault(id, Set.of()).contains(read.digest())) {
            throw new BadPackage(
                    ManifestReader.FILE,
                    "id",
                    "the package's digest is " + read.digest() + ", which is not pinned for " + id
                            + "; pin it if it is the one you mean");
        }
        if (!keys.isEmpty()) {
            byte[] signature = signature(read);
            if (keys.stream().noneMatch(key -> signed(key, read.digest(), signature))) {
                throw new BadPackage(
                        PackageReader.SIGNATURE,
                        "",
                        "is by none of the configured keys over " + read.digest() + "; sign the package as it is now");
            }
        }
    }

    private static byte[] signature(ModelPackage read) throws BadPackage {
        if (read.signature().isEmpty()) {
            throw new BadPackage(
                    PackageReader.SIGNATURE, "", "is not in the package; sign it, unsigned ones are refused");
        }
        try {
            byte[] signature = Base64.getDecoder().decode(read.signature().get());
            if (signature.length == SIGNATURE_BYTES) {
                return signature;
            }
        } catch (IllegalArgumentException e) {
            // said below, as for a wrong length
        }
        throw new BadPackage(
                PackageReader.SIGNATURE, "", "is no Ed25519 signature of " + SIGNATURE_BYTES + " bytes in base64");
    }

    private static boolean signed(PublicKey key, String digest, byte[] signature) {
        try {
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(key);
            check.update(digest.getBytes(StandardCharsets.US_ASCII));
            return check.verify(signature);
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java 15 and later have Ed25519", e);
        }
    }

    /** X.509 SubjectPublicKeyInfo in PEM (RFC 7468), as {@code openssl pkey -pubout} writes it. */
    private static PublicKey key(String pem) {
        String text = pem.strip();
        if (!text.startsWith(BEGIN) || !text.endsWith(END)) {
            throw new IllegalArgumentException("a public key must be PEM, from " + BEGIN + " to " + END);
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(text.substring(BEGIN.length(), text.length() - END.length()));
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("a public key is no Ed25519 key", e);
        }
    }
}
