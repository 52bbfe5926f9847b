package io.prelim.ingest.operation;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/** An address that other machines reach needs somebody who is let in, and others who are not. */
final class AddressGuard {
    private AddressGuard() {}

    /**
     * @param peers explicit calling AE titles with addresses, which count as DICOM's authentication
     * @return why the service must not start
     */
    static Optional<String> refusal(String httpHost, String dicomAddress, List<String> peers) {
        if (!loopback(httpHost)) {
            return Optional.of("quarkus.http.host is not loopback, and HTTP has no authentication yet");
        }
        if (!loopback(dicomAddress) && peers.isEmpty()) {
            return Optional.of("prelim.dicom.address is not loopback, and neither prelim.dicom.peers nor"
                    + " prelim.dicom.remotes.<name>.networks say who may associate");
        }
        return Optional.empty();
    }

    /**
     * The same of the listener over TLS.
     *
     * @param clientsShowCertificates whether nobody gets in without a trusted one, which counts as authentication too
     */
    static Optional<String> tlsRefusal(String address, List<String> peers, boolean clientsShowCertificates) {
        if (!loopback(address) && peers.isEmpty() && !clientsShowCertificates) {
            return Optional.of("prelim.dicom.tls.address is not loopback, prelim.dicom.tls.client-certificates is not"
                    + " REQUIRED, and neither prelim.dicom.peers nor prelim.dicom.remotes.<name>.networks say who may"
                    + " associate");
        }
        return Optional.empty();
    }

    private static boolean loopback(String host) {
        try {
            InetAddress[] addresses = InetAddress.getAllByName(host);
            for (InetAddress address : addresses) {
                if (!address.isLoopbackAddress()) {
                    return false;
                }
            }
            return addresses.length > 0;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
