package dev.skein.models.wire;

import dev.skein.http.Headers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** How long a provider asks to wait: in seconds, until a date, or in milliseconds. */
final class RetryAfter {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");
    private static final double MILLIS = 1000;

    private RetryAfter() {}

    /** Empty if the headers do not say it, or in no known way. */
    static Optional<Duration> of(Headers headers, Instant now) {
        return headers.first("retry-after-ms")
                .flatMap(text -> number(text, 1))
                .or(() ->
                        headers.first("retry-after")
                                .flatMap(text -> number(text, MILLIS).or(() -> until(text, now))));
    }

    private static Optional<Duration> number(String text, double millis) {
        if (!NUMBER.matcher(text).matches()) return Optional.empty();
        return Optional.of(Duration.ofMillis((long) Math.ceil(Double.parseDouble(text) * millis)));
    }

    private static Optional<Duration> until(String text, Instant now) {
        try {
            var then = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
            return Optional.of(then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO);
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }
}
