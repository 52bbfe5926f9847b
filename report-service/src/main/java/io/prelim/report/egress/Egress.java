package io.prelim.report.egress;

import io.prelim.dicom.net.transport.PemFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/** Looks a host up once, and goes to what it was checked to be. */
public final class Egress {
    private static final int KEPT_SECONDS = 30;

    private final EgressRules rules;
    private final Lookup lookup;

    /** How a host's addresses are found. */
    @FunctionalInterface
    interface Lookup {
        List<InetAddress> addresses(String host) throws UnknownHostException;
    }

    public Egress(EgressRules rules) {
        this(rules, host -> List.of(InetAddress.getAllByName(host)));
    }

    Egress(EgressRules rules, Lookup lookup) {
        this.rules = rules;
        this.lookup = lookup;
    }

    /**
     * Checks a URL as of now: its host may have other addresses later, which {@link #client} looks at again.
     *
     * @throws EgressRefused        if it may not
     * @throws UnknownHostException if its host has no address
     */
    public void check(String url) throws EgressRefused, UnknownHostException {
        pinned(rules.url(url));
    }

    /** A URL whose host may be led to, for {@link #client}, which looks at its addresses. @throws EgressRefused if it may not */
    public HttpUrl url(String url) throws EgressRefused {
        return rules.url(url);
    }

    private List<InetAddress> pinned(HttpUrl url) throws EgressRefused, UnknownHostException {
        List<InetAddress> addresses = lookup.addresses(url.host());
        rules.check(url, addresses);
        return addresses;
    }

    /**
     * A client for one URL's host, to be closed with {@link #close}. It connects to the addresses checked here and to no other, follows no
     * redirect, tries nothing twice, goes through no proxy, and sends no credentials. The certificate must name the host, whatever its address.
     *
     * @param url    of {@link #url}
     * @param files  whom we trust, and who we are; null for whom the platform trusts
     * @param answer for the answer, all of it
     */
    public OkHttpClient client(HttpUrl url, PemFiles files, Duration connect, Duration answer) throws IOException {
        List<InetAddress> pinned = pinned(url);
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .dns(host -> {
                    if (!host.equals(url.host())) {
                        throw new UnknownHostException("another host");
                    }
                    return pinned;
                })
                .proxy(Proxy.NO_PROXY)
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectionPool(new ConnectionPool(1, KEPT_SECONDS, TimeUnit.SECONDS))
                .connectTimeout(connect)
                .readTimeout(answer)
                .writeTimeout(answer)
                .callTimeout(connect.plus(answer));
        if (files != null) {
            builder.sslSocketFactory(files.context().getSocketFactory(), files.trustManager());
        }
        return builder.build();
    }

    /** Closes its connections. */
    public static void close(OkHttpClient client) {
        client.connectionPool().evictAll();
    }
}
