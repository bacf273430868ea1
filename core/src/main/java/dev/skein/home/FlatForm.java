package dev.skein.home;

import dev.skein.failure.SkeinException;
import dev.skein.json.Decoded;
import dev.skein.json.Json;
import dev.skein.json.JsonType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The form of small records in files: the fields of records within them stand beside the others, as
 * people and other programs read them best.
 *
 * @param groups which fields belong to which record within
 */
record FlatForm<T>(JsonType<T> type, Map<String, List<String>> groups) {
    Json.Obj encode(T value) {
        var flat = new LinkedHashMap<String, Json>();
        type.encode(value)
                .fields()
                .forEach((name, json) -> {
                    if (groups.containsKey(name)) flat.putAll(json.fields());
                    else flat.put(name, json);
                });
        return new Json.Obj(flat);
    }

    /** Empty if it is no such value. */
    Optional<T> decode(String text) {
        try {
            var whole = new LinkedHashMap<>(Json.parse(text).fields());
            groups.forEach((group, names) -> {
                var within = new LinkedHashMap<>(whole);
                within.keySet().retainAll(names);
                whole.keySet().removeAll(names);
                whole.put(group, new Json.Obj(within));
            });
            return type.decode(new Json.Obj(whole)) instanceof Decoded.Ok<T>(var value, _)
                    ? Optional.of(value)
                    : Optional.empty();
        } catch (SkeinException noJson) {
            return Optional.empty(); // somebody wrote into it by hand
        }
    }

    void write(Path file, T value) throws IOException {
        PrivateFiles.replace(file, encode(value).toBytes());
    }

    /** Empty if there is no such file, or none that holds such a value. */
    Optional<T> read(Path file) throws IOException {
        try {
            return decode(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
