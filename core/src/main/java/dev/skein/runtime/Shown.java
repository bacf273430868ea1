package dev.skein.runtime;

import dev.skein.agent.RunResult;
import dev.skein.json.FailureJson;
import dev.skein.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values of workflows as JSON, for whoever looks at a run: what one is given and returns, and what
 * its endpoints answer. Results of runs are {@code {"status","output"|"failure"|"reason"}}. Of what
 * has no JSON form, as workflows may pass any object among themselves, only the type is said.
 */
final class Shown {
    private Shown() {}

    static Json of(@Nullable Object value) {
        return switch (value) {
            case RunResult<?> result -> result(result);
            case Map<?, ?> map when areResults(map.values()) -> results(map);
            case List<?> list when areResults(list) -> results(list);
            case null, default -> other(value);
        };
    }

    private static boolean areResults(Iterable<?> values) {
        boolean any = false;
        for (var value : values) {
            if (!(value instanceof RunResult)) return false;
            any = true;
        }
        return any;
    }

    private static Json results(Map<?, ?> map) {
        var fields = new LinkedHashMap<String, Json>();
        map.forEach((key, result) -> fields.put(String.valueOf(key), of(result)));
        return new Json.Obj(fields);
    }

    private static Json results(List<?> list) {
        var items = new ArrayList<Json>();
        for (var result : list) items.add(of(result));
        return new Json.Arr(items);
    }

    private static Json result(RunResult<?> result) {
        return switch (result) {
            case RunResult.Completed<?>(var output, _) ->
                    Json.object("status", "completed", "output", of(output));
            case RunResult.Failed<?>(var failure, _) ->
                    Json.object("status", "failed", "failure", FailureJson.encode(failure));
            case RunResult.Canceled<?>(var reason, _) ->
                    Json.object("status", "canceled", "reason", reason);
        };
    }

    private static Json other(@Nullable Object value) {
        try {
            return Emission.json("value", value);
        } catch (RuntimeException e) {
            var type = value == null ? "null" : value.getClass().getTypeName();
            return Json.of("no JSON form: " + type);
        }
    }
}
