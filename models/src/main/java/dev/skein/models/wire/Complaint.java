package dev.skein.models.wire;

import dev.skein.failure.SkeinException;
import dev.skein.http.Reply;
import dev.skein.json.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a provider says is wrong, from the body of its error.
 *
 * @param kind the words by which the provider classes it, joined: type, code, status and reasons;
 *     lower case
 * @param message its sentence; never empty
 * @param delay when to try again, where the provider says it here
 */
record Complaint(String kind, String message, Optional<Duration> delay) {
    private static final int LONGEST = 500;
    private static final Pattern SECONDS = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)s");
    private static final BigDecimal MILLIS = BigDecimal.valueOf(1_000);

    /** Of a reply, whose headers may have another word. */
    static Complaint of(Reply reply) {
        var complaint = of(reply.body());
        var word = reply.headers().first("x-amzn-errortype").orElse("");
        if (word.isEmpty()) return complaint;
        var kind = (complaint.kind + " " + word).toLowerCase(Locale.ROOT).strip();
        return new Complaint(kind, complaint.message, complaint.delay);
    }

    static Complaint of(byte[] body) {
        try {
            return of(Json.parse(body));
        } catch (SkeinException noJson) {
            return plain(new String(body, StandardCharsets.UTF_8));
        }
    }

    static Complaint of(Json body) {
        var inner = body.get("error");
        var error = inner.isNull() ? body : inner;
        if (error instanceof Json.Text(var text)) return plain(text);
        var kind = word(error, "type") + " " + word(error, "code") + " " + word(error, "status");
        for (var detail : error.get("details").items()) kind += " " + word(detail, "reason");
        var message = error.get("message").text(error.get("detail").text());
        return new Complaint(
                kind.toLowerCase(Locale.ROOT).strip(),
                shortened(message.isEmpty() ? error.canonical() : message),
                delay(error.get("details")));
    }

    private static Complaint plain(String text) {
        return new Complaint("", shortened(text), Optional.empty());
    }

    /** Google tells the time among the details: {@code "retryDelay": "7.5s"}. */
    private static Optional<Duration> delay(Json details) {
        for (var detail : details.items()) {
            var told = SECONDS.matcher(detail.get("retryDelay").text());
            if (told.matches())
                return Optional.of(
                        Duration.ofMillis(
                                new BigDecimal(told.group(1)).multiply(MILLIS).longValue()));
        }
        return Optional.empty();
    }

    boolean isOf(String... words) {
        for (var word : words) if (kind.contains(word)) return true;
        return false;
    }

    boolean says(String... words) {
        var text = message.toLowerCase(Locale.ROOT);
        for (var word : words) if (text.contains(word)) return true;
        return false;
    }

    private static String word(Json error, String key) {
        var value = error.get(key);
        return value instanceof Json.Num(var digits) ? digits : value.text();
    }

    private static String shortened(String text) {
        var line = text.replaceAll("\\s+", " ").strip();
        if (line.isEmpty()) return "no reason was given";
        return line.length() <= LONGEST
                ? line
                : line.substring(0, line.offsetByCodePoints(0, line.codePointCount(0, LONGEST)))
                        + "…";
    }
}
