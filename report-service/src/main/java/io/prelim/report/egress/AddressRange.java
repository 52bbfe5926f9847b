package io.prelim.report.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Addresses that begin alike (CIDR, RFC 4632). @param bits of the prefix */
@SuppressWarnings("ArrayRecordComponent")
record AddressRange(byte[] prefix, int bits) {
    /** No name: nothing is looked up. */
    private static final Pattern LITERAL =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /** @throws IllegalArgumentException for what is no range, such as {@code 10.20.0.0/16} */
    static AddressRange of(String text) {
        String[] parts = text.strip().split("/", -1);
        if (parts.length == 2 && LITERAL.matcher(parts[0]).matches() && parts[1].matches("[0-9]{1,3}")) {
            try {
                byte[] prefix = InetAddress.getByName(parts[0]).getAddress();
                int bits = Integer.parseInt(parts[1]);
                if (bits <= prefix.length * Byte.SIZE) {
                    return new AddressRange(prefix, bits);
                }
            } catch (UnknownHostException e) {
                // said below
            }
        }
        throw new IllegalArgumentException("must be ranges such as 10.20.0.0/16 or fd12::/32");
    }

    boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != prefix.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % Byte.SIZE;
            if ((bytes[bit / Byte.SIZE] & mask) != (prefix[bit / Byte.SIZE] & mask)) {
                return false;
            }
        }
        return true;
    }

    /** Whether it is one address. */
    boolean single() {
        return bits == prefix.length * Byte.SIZE;
    }
}
