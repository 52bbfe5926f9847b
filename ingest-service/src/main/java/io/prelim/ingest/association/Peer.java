package io.prelim.ingest.association;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A peer that may associate.
 *
 * @param aeTitle as it calls itself, or {@code *} for any
 * @param network first address of the network, 4 or 16 bytes
 * @param bits of the address that must agree
 */
record Peer(String aeTitle, InetAddress network, int bits) {
    /**
     * Reads {@code AETITLE@address} or {@code AETITLE@network/bits}; numbers only, no names to resolve.
     *
     * @throws IllegalArgumentException when it is neither
     */
    static Peer parse(String text) {
        int at = text.lastIndexOf('@');
        int slash = text.indexOf('/', at + 1);
        String title = at < 0 ? "" : text.substring(0, at).strip();
        String address =
                text.substring(at + 1, slash < 0 ? text.length() : slash).strip();
        if (title.isEmpty()
                || title.length() > 16
                || !address.matches("[0-9A-Fa-f.:]+")
                || !address.matches(".*[.:].*")) {
            throw new IllegalArgumentException("prelim.dicom.peers: \"" + text + "\" is not AETITLE@address[/bits]");
        }
        try {
            InetAddress network = InetAddress.getByName(address);
            int all = network.getAddress().length * 8;
            int bits =
                    slash < 0 ? all : Integer.parseInt(text.substring(slash + 1).strip());
            if (bits < 0 || bits > all) {
                throw new IllegalArgumentException("prelim.dicom.peers: \"" + text + "\" has no " + bits + " bits");
            }
            return new Peer(title, network, bits);
        } catch (UnknownHostException | NumberFormatException e) {
            throw new IllegalArgumentException("prelim.dicom.peers: \"" + text + "\" is not AETITLE@address[/bits]", e);
        }
    }

    /** Whether it is on the list by its own title, not as any at its address. */
    boolean named() {
        return !aeTitle.equals("*");
    }

    boolean calls(String callingAeTitle) {
        return aeTitle.equals("*") || aeTitle.equals(callingAeTitle);
    }

    boolean contains(InetAddress address) {
        byte[] ours = network.getAddress();
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
}
