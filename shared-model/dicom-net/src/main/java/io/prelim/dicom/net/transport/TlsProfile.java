package io.prelim.dicom.net.transport;

import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * The BCP 195 RFC 8996 TLS Secure Transport Connection Profile (PS3.15 section B.12): TLS 1.2 and 1.3, nothing older, and of the
 * suites those that RFC 9325 section 4.2 recommends.
 */
final class TlsProfile {
    private static final String NEWEST = "TLSv1.3";

    static final List<String> PROTOCOLS = List.of(NEWEST, "TLSv1.2");

    /** TLS 1.3's own (RFC 8446 section B.4), then ephemeral elliptic curves with AES-GCM. */
    static final List<String> CIPHER_SUITES = List.of(
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");

    private TlsProfile() {}

    static SSLParameters parameters() {
        SSLParameters parameters =
                new SSLParameters(CIPHER_SUITES.toArray(String[]::new), PROTOCOLS.toArray(String[]::new));
        parameters.setUseCipherSuitesOrder(true);
        return parameters;
    }

    /**
     * Makes the handshake that was made the last one. In TLS 1.2 either side may ask for another at any time, which costs the
     * other one far more than itself (RFC 9325 section 3.5); in TLS 1.3 there is no such thing. A connection cannot change its
     * version, so that one of 1.2 which is to speak 1.3 alone answers the next ClientHello or HelloRequest with a fatal alert.
     */
    static void refuseRenegotiation(SSLSocket tls) {
        if (!tls.getSession().getProtocol().equals(NEWEST)) {
            tls.setEnabledProtocols(new String[] {NEWEST});
        }
    }
}
