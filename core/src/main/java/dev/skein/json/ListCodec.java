package dev.skein.json;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lists, sets and arrays. */
record ListCodec(Class<?> kind, Codec element) implements Codec {
    @Override
    public String expected() {
        return "array";
    }

    @Override
    public Json encode(Object value) {
        var items = new ArrayList<Json>();
        if (value instanceof Iterable<?> values)
            for (var item : values) items.add(encodeItem(item, items.size()));
        else
            for (int i = 0; i < Array.getLength(value); i++)
                items.add(encodeItem(Array.get(value, i), i));
        return new Json.Arr(items);
    }

    private Json encodeItem(@Nullable Object item, int index) {
        try {
            if (item == null) throw new Unencodable(element.expected(), "null");
            return element.encode(item);
        } catch (Unencodable inner) {
            throw inner.inside(Integer.toString(index));
        }
    }

    @Override
    public @Nullable Object decode(Json json, Decoding at) {
        if (!(json instanceof Json.Arr(var items))) {
            at.mismatch(expected(), json);
            return null;
        }
        int before = at.refused();
        var values = new ArrayList<@Nullable Object>(items.size());
        for (int i = 0; i < items.size(); i++) {
            at.enter(i);
            values.add(element.decode(items.get(i), at));
            at.leave();
        }
        return at.refused() == before ? collect(values, at) : null;
    }

    private @Nullable Object collect(List<@Nullable Object> values, Decoding at) {
        if (kind == List.class) return Collections.unmodifiableList(values);
        if (kind == Set.class) return set(values, at);
        var array = Array.newInstance(kind.getComponentType(), values.size());
        for (int i = 0; i < values.size(); i++) Array.set(array, i, values.get(i));
        return array;
    }

    private static @Nullable Object set(List<@Nullable Object> values, Decoding at) {
        var set = new LinkedHashSet<>(values);
        if (set.size() == values.size()) return Collections.unmodifiableSet(set);
        at.violation("different elements", "the same element twice");
        return null;
    }

    @Override
    public Json.Obj schema(SchemaText text) {
        var schema = Json.object("type", "array", "items", text.nested(element));
        return kind == Set.class ? schema.with("uniqueItems", true) : schema;
    }
}
