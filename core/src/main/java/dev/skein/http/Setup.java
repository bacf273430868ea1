package dev.skein.http;

import dev.skein.policy.Timekeeper;
import dev.skein.policy.TransportLimits;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * How a transport was made.
 *
 * @param trust who is trusted; null for what the platform trusts, which is loaded when first needed
 */
record Setup(TransportLimits limits, Proxies proxies, Timekeeper time, @Nullable SSLContext trust) {

    SSLSocketFactory secure() throws NoSuchAlgorithmException {
        return (trust == null ? SSLContext.getDefault() : trust).getSocketFactory();
    }
}
