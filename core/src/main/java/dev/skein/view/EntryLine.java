package dev.skein.view;

import dev.skein.event.Entry;
import dev.skein.event.EntryJson;
import dev.skein.event.Event;
import dev.skein.event.Ref;
import dev.skein.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * An entry as a line of a run's files. What it refers to stands beside the reference as {@code
 * text}, or in a file of its own if it is long. An event too long for a line is in a file as a
 * whole, and the line has its hash beside.
 *
 * @param content of references, as {@code Journal.content} gives it
 */
record EntryLine(Function<Ref, Optional<String>> content, Blobs blobs, FileLimits limits) {
    static final String TEXT = "text";
    static final String BLOB = "blob";

    /** 64 levels can be read; the entry is one. */
    private static final int DEEPEST = 63;

    private static final Set<String> REFERENCE = Set.of("hash", "size", "mediaType");

    /** Takes the texts of a line to where they belong. */
    private interface Placing {
        Json.Obj place(Json.Obj reference, String text) throws IOException;
    }

    /** The line with its end; what does not belong on it is written to its file. */
    byte[] bytes(Entry entry) throws IOException {
        var json = readable(entry, EntryJson.encode(entry));
        var line = ended(placed(entry, json, this::inLine));
        if (line.length > limits.line()) line = ended(placed(entry, json, this::inFile));
        return line.length > limits.line() ? ended(inFile(json)) : line;
    }

    /** What is nested too deep to be read again is kept as a text. */
    private static Json.Obj readable(Entry entry, Json.Obj json) {
        return entry.event() instanceof Event.Emitted(_, var data) && isDeep(data, DEEPEST)
                ? json.with("data", data.canonical())
                : json;
    }

    private static boolean isDeep(Json value, int levels) {
        var within =
                switch (value) {
                    case Json.Obj(var fields) -> fields.values();
                    case Json.Arr(var items) -> items;
                    case Json.Text _, Json.Num _, Json.Bool _, Json.Null _ -> List.<Json>of();
                };
        if (levels == 0) return value instanceof Json.Obj || value instanceof Json.Arr;
        return within.stream().anyMatch(one -> isDeep(one, levels - 1));
    }

    private Json.Obj inLine(Json.Obj reference, String text) throws IOException {
        return reference.get("size").asLong() > limits.text()
                ? inFile(reference, text)
                : reference.with(TEXT, text);
    }

    private Json.Obj inFile(Json.Obj reference, String text) throws IOException {
        blobs.keep(reference.get("hash").text(), text.getBytes(StandardCharsets.UTF_8));
        return reference;
    }

    private Json.Obj inFile(Json.Obj whole) throws IOException {
        var utf8 = whole.toBytes();
        var hash = Blobs.hash(utf8);
        blobs.keep(hash, utf8);
        var envelope = new LinkedHashMap<>(whole.fields());
        envelope.keySet().retainAll(EntryJson.envelope());
        return new Json.Obj(envelope).with(BLOB, hash);
    }

    /** What programs emit is theirs, whatever it looks like. */
    private Json.Obj placed(Entry entry, Json.Obj json, Placing placing) throws IOException {
        return entry.event() instanceof Event.Emitted ? json : placed(json, placing);
    }

    /** References stand beside each other in the event, or in an outcome within it. */
    private Json.Obj placed(Json.Obj json, Placing placing) throws IOException {
        var fields = new LinkedHashMap<String, Json>();
        for (Map.Entry<String, Json> field : json.fields().entrySet())
            fields.put(field.getKey(), placedValue(field.getValue(), placing));
        return new Json.Obj(fields);
    }

    private Json placedValue(Json value, Placing placing) throws IOException {
        if (!(value instanceof Json.Obj object)) return value;
        if (!object.fields().keySet().equals(REFERENCE))
            return object.fields().containsKey("status") ? placed(object, placing) : object;
        var ref =
                new Ref(
                        object.get("hash").text(),
                        object.get("size").asLong(),
                        object.get("mediaType").text());
        var text = content.apply(ref);
        return text.isPresent() ? placing.place(object, text.get()) : object;
    }

    private static byte[] ended(Json.Obj json) {
        var text = json.toBytes();
        var line = Arrays.copyOf(text, text.length + 1);
        line[text.length] = '\n';
        return line;
    }
}
