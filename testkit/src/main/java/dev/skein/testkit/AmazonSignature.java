package dev.skein.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skein.testkit.loop.HttpRequest;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A signature of Amazon's fourth version in the header of a request, made anew from the request and
 * the secret to see whether it is right. Queries are not signed here, because none is used.
 */
record AmazonSignature(String keyId, List<String> scope, List<String> names, String value) {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final Pattern HEADER =
            Pattern.compile(
                    ALGORITHM
                            + " Credential=([^/]+)/(\\d{8})/([^/]+)/([^/]+)/aws4_request,"
                            + " ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})");

    /** The signature in that header; one of nobody if it is none. */
    static AmazonSignature of(String header) {
        var read = HEADER.matcher(header);
        if (!read.matches()) {
            return new AmazonSignature("", List.of(), List.of(), "");
        }
        return new AmazonSignature(
                read.group(1),
                List.of(read.group(2), read.group(3), read.group(4), "aws4_request"),
                List.of(read.group(5).split(";")),
                read.group(6));
    }

    /** Whether this request has been signed with that secret, its address and body included. */
    boolean isOf(HttpRequest request, String secret) {
        if (scope.isEmpty() || !names.contains("host")) {
            return false;
        }
        String date = request.header("x-amz-date").orElse("");
        String toSign =
                String.join(
                        "\n",
                        ALGORITHM,
                        date,
                        String.join("/", scope),
                        digest(canonical(request).getBytes(UTF_8)));
        byte[] key = ("AWS4" + secret).getBytes(UTF_8);
        for (var part : scope) {
            key = keyed(key, part);
        }
        String expected = HexFormat.of().formatHex(keyed(key, toSign));
        return date.startsWith(scope.getFirst()) && expected.equals(value);
    }

    private String canonical(HttpRequest request) {
        var text = new StringBuilder(request.method()).append('\n');
        // What is encoded in the address is encoded once more.
        text.append(request.target().replace("%", "%25")).append("\n\n");
        for (var name : names) {
            text.append(name).append(':');
            text.append(request.header(name).orElse("").replaceAll(" +", " ")).append('\n');
        }
        return text.append('\n')
                .append(String.join(";", names))
                .append('\n')
                .append(digest(request.body()))
                .toString();
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
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
