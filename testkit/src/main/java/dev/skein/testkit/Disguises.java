package dev.skein.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skein.json.Json;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The forms in which a secret may lie about: plain, as text is usually encoded, and each of these
 * inside JSON.
 */
final class Disguises {
    private Disguises() {}

    /** The form in which the text holds the secret, if it does. */
    static Optional<String> in(String text, String secret) {
        return of(secret).entrySet().stream()
                .filter(form ->
                        text.contains(form.getValue()) || text.contains(quoted(form.getValue())))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static String quoted(String text) {
        var json = Json.of(text).canonical();
        return json.substring(1, json.length() - 1);
    }

    private static Map<String, String> of(String secret) {
        if (secret.isEmpty()) throw new IllegalArgumentException("a secret is not empty");
        var bytes = secret.getBytes(UTF_8);
        var forms = new LinkedHashMap<String, String>();
        forms.put("plain", secret);
        forms.put("as a URL", URLEncoder.encode(secret, UTF_8));
        forms.put("as hexadecimal", HexFormat.of().formatHex(bytes));
        forms.put("as capital hexadecimal", HexFormat.of().withUpperCase().formatHex(bytes));
        forms.put("reversed", new StringBuilder(secret).reverse().toString());
        for (int shift = 0; shift < 3; shift++) base64(secret, shift, forms);
        return forms;
    }

    /** What Base64 makes of it wherever it begins: the characters that only the secret decides. */
    private static void base64(String secret, int shift, Map<String, String> forms) {
        var bytes = ("\0".repeat(shift) + secret).getBytes(UTF_8);
        int from = shift == 0 ? 0 : shift + 1;
        int to = bytes.length * 8 / 6;
        if (to - from < 4) return;
        forms.put(
                "as Base64, " + shift,
                Base64.getEncoder().encodeToString(bytes).substring(from, to));
        forms.put(
                "as Base64 for URLs, " + shift,
                Base64.getUrlEncoder().encodeToString(bytes).substring(from, to));
    }
}
