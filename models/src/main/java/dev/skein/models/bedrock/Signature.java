package dev.skein.models.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skein.policy.Secret;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Amazon's signature of the fourth version, for a POST without query: a keyed hash over the
 * address, some headers and the body. It holds for one day, region and service.
 */
record Signature(AccessKey key, String region, Instant at) {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String SERVICE = "bedrock";
    private static final String REQUEST = "aws4_request";
    private static final String KEYED = "HmacSHA256";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int DATE = 8;

    /** The headers that prove who sends this body there. */
    Map<String, String> headers(URI uri, byte[] body) {
        var time = TIME.format(at);
        var signed = new TreeMap<>(Map.of("host", host(uri), "x-amz-date", time));
        signed.put("x-amz-content-sha256", digest(body));
        var session = key.session();
        if (session != null) signed.put("x-amz-security-token", text(session));
        var scope = List.of(time.substring(0, DATE), region, SERVICE, REQUEST);
        var names = String.join(";", signed.keySet());
        var path = String.join("/", scope);
        var toSign = String.join("\n", ALGORITHM, time, path, digest(canonical(uri, signed, body)));
        var proof =
                ALGORITHM
                        + (" Credential=" + key.id() + "/" + path)
                        + (", SignedHeaders=" + names)
                        + (", Signature=" + HexFormat.of().formatHex(signed(scope, toSign)));
        signed.remove("host"); // which the transport says
        signed.put("authorization", proof);
        return signed;
    }

    private static byte[] canonical(URI uri, Map<String, String> headers, byte[] body) {
        var text = new StringBuilder("POST\n");
        // What is encoded in the address is encoded once more.
        text.append(uri.getRawPath().replace("%", "%25")).append("\n\n");
        headers.forEach((name, value) -> text.append(name).append(':').append(value).append('\n'));
        text.append('\n').append(String.join(";", headers.keySet())).append('\n');
        return text.append(digest(body)).toString().getBytes(UTF_8);
    }

    private byte[] signed(List<String> scope, String text) {
        var made = ("AWS4" + text(key.secret())).getBytes(UTF_8);
        for (var part : scope) made = keyed(made, part);
        return keyed(made, text);
    }

    private static String text(Secret secret) {
        return secret.reveal(value -> new String(value));
    }

    private static String host(URI uri) {
        boolean usual =
                uri.getPort() < 0 || uri.getPort() == ("https".equals(uri.getScheme()) ? 443 : 80);
        return usual ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] keyed(byte[] key, String text) {
        try {
            var mac = Mac.getInstance(KEYED);
            mac.init(new SecretKeySpec(key, KEYED));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + KEYED, e);
        }
    }
}
