package dev.skein.cli;

import dev.skein.json.Json;
import java.util.Map;
import java.util.stream.Collectors;

/** JSON for people: indented, keys in alphabetical order. */
record Indented(Json value) {
    @Override
    public String toString() {
        return text(value, "\n");
    }

    private static String text(Json value, String lineStart) {
        var inner = lineStart + "  ";
        return switch (value) {
            case Json.Obj(var fields) when !fields.isEmpty() ->
                    fields.entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(field -> inner + key(field) + text(field.getValue(), inner))
                            .collect(Collectors.joining(",", "{", lineStart + "}"));
            case Json.Arr(var items) when !items.isEmpty() ->
                    items.stream()
                            .map(item -> inner + text(item, inner))
                            .collect(Collectors.joining(",", "[", lineStart + "]"));
            case Json.Obj _, Json.Arr _, Json.Text _, Json.Num _, Json.Bool _, Json.Null _ ->
                    value.canonical();
        };
    }

    private static String key(Map.Entry<String, Json> field) {
        return Json.of(field.getKey()).canonical() + ": ";
    }
}
