package io.prelim.report.egress;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.HttpUrl;

/**
 * Which URLs may be led to. What is checked is what is connected to: one parser, and the object that it made.
 *
 * <p>Of addresses those of the public internet (IANA special-purpose registries, RFC 6890), and those that are allowed beside.
 */
public final class EgressRules {
    private static final int LONGEST = 2_000;
    private static final int HTTPS_PORT = 443;
    private static final Pattern HOST =
            Pattern.compile("([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?|\\[[0-9a-f:.]{2,45}])(:[0-9]{1,5})?");

    /** Of IPv4 what is of no use outside, or none at all. */
    private static final List<AddressRange> SPECIAL = ranges(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4");

    private static final AddressRange GLOBAL_IPV6 = AddressRange.of("2000::/3");
    /** Of global IPv6 what is none: tunnels to IPv4, protocols' own, examples. */
    private static final List<AddressRange> SPECIAL_IPV6 =
            ranges("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    /** Where clouds tell their machines secrets. */
    private static final List<AddressRange> METADATA = ranges(
            "169.254.169.254/32",
            "169.254.170.2/32",
            "168.63.129.16/32",
            "100.100.100.200/32",
            "192.0.0.192/32",
            "fd00:ec2::254/128");

    private final Set<String> hosts;
    private final List<AddressRange> allowed;

    /**
     * @param hosts     as {@code EgressSettings#hosts}
     * @param addresses as {@code EgressSettings#addresses}
     * @throws IllegalArgumentException naming the setting that is none
     */
    public EgressRules(List<String> hosts, List<String> addresses) {
        this.hosts = hosts.stream()
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        if (!this.hosts.stream().allMatch(host -> HOST.matcher(host).matches())) {
            throw new IllegalArgumentException(
                    "egress.hosts must be names such as hooks.example or hooks.example:8443");
        }
        try {
            this.allowed = ranges(addresses.toArray(String[]::new));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("egress.addresses " + e.getMessage(), e);
        }
    }

    private static List<AddressRange> ranges(String... texts) {
        return Stream.of(texts).map(AddressRange::of).toList();
    }

    /** @throws EgressRefused for what is no URL, is not plainly written, or leads to a host or port that is not allowed */
    public HttpUrl url(String text) throws EgressRefused {
        HttpUrl url = text.length() > LONGEST ? null : HttpUrl.parse(text);
        if (url == null) {
            throw new EgressRefused("is no URL of http or https, or longer than " + LONGEST + " characters");
        }
        if (!url.username().isEmpty() || !url.password().isEmpty()) {
            throw new EgressRefused("must not hold a user or password");
        }
        // what one reader repairs, another reads otherwise
        if (!url.toString().equals(text) && !url.toString().equals(text + "/") || url.fragment() != null) {
            throw new EgressRefused("must be written plainly, as https://hooks.example/path: small letters, nothing"
                    + " escaped that need not be, no usual port, no fragment");
        }
        String host = url.host().indexOf(':') < 0 ? url.host() : "[" + url.host() + "]";
        if (!hosts.contains(url.port() == HTTPS_PORT ? host : host + ":" + url.port())) {
            throw new EgressRefused("leads to a host and port that are not in prelim.report.egress.hosts");
        }
        return url;
    }

    /** @param addresses all that the host of the URL has now */
    void check(HttpUrl url, List<InetAddress> addresses) throws EgressRefused {
        for (InetAddress address : addresses) {
            if (!open(address)) {
                throw new EgressRefused(
                        "leads to an address that is not of the public internet, or of a cloud's metadata, and not in"
                                + " prelim.report.egress.addresses");
            }
            if (!url.isHttps() && !address.isLoopbackAddress()) {
                throw new EgressRefused("must be https, or http on this machine");
            }
        }
    }

    private boolean open(InetAddress address) {
        if (METADATA.stream().anyMatch(range -> range.contains(address))) {
            return allowed.stream().anyMatch(range -> range.single() && range.contains(address));
        }
        return common(address) || allowed.stream().anyMatch(range -> range.contains(address));
    }

    private static boolean common(InetAddress address) {
        return address.getAddress().length == 4
                ? SPECIAL.stream().noneMatch(range -> range.contains(address))
                : GLOBAL_IPV6.contains(address) && SPECIAL_IPV6.stream().noneMatch(range -> range.contains(address));
    }
}
