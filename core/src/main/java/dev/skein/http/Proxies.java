package dev.skein.http;

import dev.skein.policy.Reach;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which proxy stands between here and a host. This computer itself is never asked for through one.
 *
 * @param https for {@code https} addresses, tunneled by CONNECT; null for none
 * @param http for {@code http} addresses; null for none
 * @param except hosts that are reached directly: a name also stands for all below it, {@code *} for
 *     every host, and {@code host:port} for that port only
 */
public record Proxies(@Nullable Proxy https, @Nullable Proxy http, List<String> except) {
    public Proxies {
        except = except.stream().map(host -> host.strip().toLowerCase(Locale.ROOT)).toList();
    }

    /**
     * One proxy, which is spoken to without TLS.
     *
     * @param authorization value of {@code Proxy-Authorization}; null for none
     */
    public record Proxy(String host, int port, @Nullable String authorization) {

        /**
         * Reads {@code http://user:password@host:port}, of which only the host is required; the
         * port is 80 if it is not said.
         *
         * @throws IllegalArgumentException if that is not it; the message does not repeat it
         */
        public static Proxy of(String address) {
            try {
                var uri = URI.create(address.contains("://") ? address : "http://" + address);
                if ("http".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null) {
                    int port = uri.getPort() < 0 ? 80 : uri.getPort();
                    return new Proxy(uri.getHost(), port, authorization(uri));
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "a proxy is http://host:port"); // its own message repeats the address
            }
            throw new IllegalArgumentException("a proxy is http://host:port");
        }

        private static @Nullable String authorization(URI uri) {
            if (uri.getUserInfo() == null) {
                return null;
            }
            var secret = uri.getUserInfo().getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(secret);
        }

        /** Host and port; never what authorizes. */
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /** Everything is reached directly. */
    public static Proxies none() {
        return new Proxies(null, null, List.of());
    }

    /**
     * Reads the values of {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY}; empty means
     * unset.
     *
     * @throws IllegalArgumentException if a proxy cannot be read; the message does not repeat it
     */
    public static Proxies of(String https, String http, String except) {
        var hosts = Stream.of(except.split("[,\\s]+")).filter(host -> !host.isBlank()).toList();
        return new Proxies(read(https), read(http), hosts);
    }

    private static @Nullable Proxy read(String address) {
        return address.isBlank() ? null : Proxy.of(address.strip());
    }

    /** The proxy on the way to an origin, if there is one. */
    Optional<Proxy> to(Origin origin) {
        if (Reach.isLoopback(origin.host())
                || except.stream().anyMatch(host -> covers(host, origin))) {
            return Optional.empty();
        }
        return Optional.ofNullable(origin.secure() ? https : http);
    }

    private static boolean covers(String host, Origin origin) {
        var name = host.startsWith(".") ? host.substring(1) : host;
        return name.equals("*")
                || name.equals(origin.host())
                || name.equals(origin.withPort())
                || origin.host().endsWith("." + name);
    }
}
