package dev.skein.runtime;

import dev.skein.json.Json;
import dev.skein.json.JsonType;
import dev.skein.policy.Timekeeper;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Follows the text of a typed answer, and says how far its value has come: at most ten times a
 * second, and not for texts so long that reading them from the start each time would be felt.
 */
final class LiveValue {
    private static final long PAUSE = Duration.ofMillis(100).toNanos();
    private static final int LONGEST = 1 << 20;

    private final JsonType<?> type;
    private final Timekeeper time;
    private @Nullable Json told;
    private long next;

    LiveValue(JsonType<?> type, Timekeeper time) {
        this.type = type;
        this.time = time;
        this.next = time.nanos();
    }

    /** What there is to tell of a text that has just grown. */
    Optional<Json> in(CharSequence text) {
        long now = time.nanos();
        if (text.length() > LONGEST || now - next < 0) return Optional.empty();
        next = now + PAUSE;
        return type.readSoFar(text.toString()).flatMap(this::ifNew);
    }

    Optional<Json> ifNew(Json value) {
        if (value.equals(told)) return Optional.empty();
        told = value;
        return Optional.of(value);
    }

    /** Another text begins. */
    void restart() {
        told = null;
    }
}
