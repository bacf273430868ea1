package dev.skein.view;

import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import java.util.stream.Collectors;

/** The arguments of a call as people write them: {@code spec="haiku", priority=3}. */
final class Arguments {
    private Arguments() {}

    static String text(String json) {
        try {
            return Json.parse(json).fields().entrySet().stream()
                    .map(argument -> argument.getKey() + "=" + argument.getValue().canonical())
                    .collect(Collectors.joining(", "));
        } catch (SkeinException noJson) {
            return json;
        }
    }
}
