package dev.skein.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Keeps keys out of what is recorded: equal ones stay equal, and none can be read. */
final class Keys {
    private static final Set<String> CARRIERS =
            Set.of(
                    "authorization",
                    "x-api-key",
                    "x-goog-api-key",
                    "api-key",
                    "x-amz-security-token",
                    "cookie",
                    "proxy-authorization");
    private static final Pattern IN_QUERY = Pattern.compile("(?<=[?&]key=)[^&]*");

    private Keys() {}

    static Map<String, String> hide(Map<String, String> headers) {
        var hidden = new TreeMap<String, String>();
        headers.forEach(
                (name, value) -> hidden.put(name, CARRIERS.contains(name) ? hash(value) : value));
        return hidden;
    }

    static String hide(String target) {
        return IN_QUERY.matcher(target).replaceAll(match -> hash(match.group()));
    }

    static String hash(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
            return "sha256:" + HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
