package io.prelim.report.operator;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Which hosts are this machine alone. */
public final class Loopback {
    private Loopback() {}

    /** A name counts only if it resolves to nothing else. */
    public static boolean is(String host) {
        if (host.isBlank()) {
            return false;
        }
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!address.isLoopbackAddress()) {
                    return false;
                }
            }
            return true;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
