package dev.skein.http;

import dev.skein.policy.Timekeeper;
import dev.skein.policy.TransportLimits;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * How a transport was made.
 *
 * @param trust who is trusted; null for what the platform trusts, which is loaded when first needed
 * @param socket a Unix domain socket to which all connections lead; null: where the address says
 */
record Setup(
        TransportLimits limits,
        Proxies proxies,
        Timekeeper time,
        @Nullable SSLContext trust,
        @Nullable Path socket) {

    Setup(TransportLimits limits, Proxies proxies, Timekeeper time, @Nullable SSLContext trust) {
        this(limits, proxies, time, trust, null);
    }

    SSLSocketFactory secure() throws NoSuchAlgorithmException {
        return (trust == null ? SSLContext.getDefault() : trust).getSocketFactory();
    }
}
