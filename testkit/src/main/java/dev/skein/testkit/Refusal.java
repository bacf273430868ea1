package dev.skein.testkit;

import dev.skein.json.Json;
import java.util.Map;

/** An answer that says no: the status and the body that the provider gives for it. */
record Refusal(int status, Map<String, String> headers, Json body) {
    static Refusal of(int status, Json body) {
        return new Refusal(status, Map.of(), body);
    }
}
