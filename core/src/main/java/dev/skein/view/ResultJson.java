package dev.skein.view;

import dev.skein.event.Ref;
import dev.skein.event.RunEvent;
import dev.skein.failure.SkeinException;
import dev.skein.json.FailureJson;
import dev.skein.json.Json;
import dev.skein.json.JsonType;
import dev.skein.model.Usage;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** How a run ended: {@code {"status","output"|"failure"|"reason","usage","millis"}}. */
final class ResultJson {
    private static final JsonType<Usage> USAGE = JsonType.of(Usage.class);

    private ResultJson() {}

    static Json.Obj of(RunEvent.RunEnded ended, Function<Ref, Optional<String>> content) {
        var outcome = ended.outcome();
        var json = Json.object("status", outcome.status().name().toLowerCase(Locale.ROOT));
        if (outcome.output() != null) json = json.with("output", value(outcome.output(), content));
        if (outcome.failure() != null)
            json = json.with("failure", FailureJson.encode(outcome.failure()));
        if (outcome.reason() != null) json = json.with("reason", outcome.reason());
        if (outcome.partial() != null)
            json = json.with("partial", value(outcome.partial(), content));
        return json.with("usage", USAGE.encode(ended.usage()))
                .with("millis", ended.took().toMillis());
    }

    /** JSON as such; anything else, and what is gone, as text or null. */
    private static Json value(Ref ref, Function<Ref, Optional<String>> content) {
        var text = content.apply(ref);
        if (text.isEmpty()) return Json.nothing();
        try {
            return ref.mediaType().contains("json")
                    ? Json.parse(text.get())
                    : new Json.Text(text.get());
        } catch (SkeinException noJson) {
            return new Json.Text(text.get());
        }
    }
}
