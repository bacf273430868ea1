package dev.skein.json;

import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One schema being written. Types stand where they are used; only a type that is met again inside
 * itself becomes a definition that is referred to. Providers understand that best.
 */
final class SchemaText {
    static final int MAX_DEPTH = 32;
    private static final int MAX_BYTES = 64 << 10;

    /**
     * No schema within the limit of size has more parts; a type that doubles with every level must
     * not be written out.
     */
    private static final int MAX_PARTS = 8192;

    private final String root;
    private final Map<Codec, String> names = new HashMap<>();
    private final List<Definition> wanted = new ArrayList<>();
    private final Set<Codec> open = new HashSet<>();
    private int depth;
    private int parts;

    private record Definition(Codec codec, Supplier<Json.Obj> body) {}

    private SchemaText(String root) {
        this.root = root;
    }

    /** The whole schema of that type, {@code $defs} included. */
    static Json.Obj of(String name, Codec codec) {
        var text = new SchemaText(name);
        var schema = text.nested(codec);
        var definitions = new LinkedHashMap<String, Json>();
        for (int i = 0; i < text.wanted.size(); i++) {
            var next = text.wanted.get(i);
            definitions.put(text.nameOf(next.codec()), text.opened(next.codec(), next.body()));
        }
        if (!definitions.isEmpty()) schema = schema.with("$defs", definitions);
        if (schema.toBytes().length > MAX_BYTES)
            throw text.tooBig("has a schema of more than 64 KiB");
        return schema;
    }

    /** The schema of a part, one level deeper. */
    Json.Obj nested(Codec part) {
        if (++parts > MAX_PARTS) throw tooBig("has a schema of more than 64 KiB");
        if (++depth > MAX_DEPTH) throw tooBig("is nested deeper than " + MAX_DEPTH);
        var schema = part.schema(this);
        depth--;
        return schema;
    }

    /** The body of a type that may contain itself, or a reference to it where it does. */
    Json.Obj named(Codec codec, String name, Supplier<Json.Obj> body) {
        if (!open.contains(codec)) return opened(codec, body);
        if (!names.containsKey(codec)) {
            names.put(codec, free(name));
            wanted.add(new Definition(codec, body));
        }
        return Json.object("$ref", "#/$defs/" + nameOf(codec));
    }

    private Json.Obj opened(Codec codec, Supplier<Json.Obj> body) {
        open.add(codec);
        var schema = body.get();
        open.remove(codec);
        return schema;
    }

    private String nameOf(Codec codec) {
        return names.getOrDefault(codec, "");
    }

    private String free(String name) {
        var free = name;
        for (int i = 2; names.containsValue(free); i++) free = name + i;
        return free;
    }

    private SkeinException tooBig(String problem) {
        return new SkeinException(
                new Invalid.Type(root, problem, "Split it, or use Json for a part of it."));
    }
}
