package io.prelim.dicom.net.association;

import io.prelim.dicom.net.pdu.Printable;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import javax.security.auth.x500.X500Principal;

/**
 * The certificate a peer proved to hold in the TLS handshake, which the server's trust found good.
 *
 * @param subject its distinguished name (RFC 2253), printable ASCII
 * @param sha256 fingerprint: 64 lower-case hexadecimal digits, of its DER form
 */
public record PeerCertificate(String subject, String sha256) {
    public static PeerCertificate of(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return new PeerCertificate(
                    Printable.of(certificate.getSubjectX500Principal().getName(X500Principal.RFC2253)),
                    HexFormat.of().formatHex(digest));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that came through TLS can be encoded", e);
        }
    }
}
