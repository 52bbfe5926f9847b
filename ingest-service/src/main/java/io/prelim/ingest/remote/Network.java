package io.prelim.ingest.remote;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Addresses that share their first bits.
 *
 * @param first address of the network, 4 or 16 bytes
 * @param bits of the address that must agree
 */
public record Network(InetAddress first, int bits) {
    /**
     * Reads {@code address} or {@code network/bits}; numbers only, no names to resolve.
     *
     * @throws IllegalArgumentException when it is neither
     */
    public static Network parse(String text) {
        int slash = text.indexOf('/');
        String address = text.substring(0, slash < 0 ? text.length() : slash).strip();
        if (!address.matches("[0-9A-Fa-f.:]+") || !address.matches(".*[.:].*")) {
            throw malformed(text, null);
        }
        try {
            InetAddress first = InetAddress.getByName(address);
            int all = first.getAddress().length * 8;
            int bits =
                    slash < 0 ? all : Integer.parseInt(text.substring(slash + 1).strip());
            if (bits < 0 || bits > all) {
                throw malformed(text, null);
            }
            return new Network(first, bits);
        } catch (UnknownHostException | NumberFormatException e) {
            throw malformed(text, e);
        }
    }

    /** Whether an address is of it. */
    public boolean contains(InetAddress address) {
        byte[] ours = first.getAddress();
        byte[] theirs = address.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % 8;
            if (((ours[bit / 8] ^ theirs[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    private static IllegalArgumentException malformed(String text, Exception cause) {
        return new IllegalArgumentException("\"" + text + "\" is not address[/bits]", cause);
    }
}
