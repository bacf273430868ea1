package dev.skein.json;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an object: an immutable map that keeps its order. Most objects have few keys, for
 * which comparing them one after the other is faster than a hash table, and much faster to make;
 * beyond that an index is kept beside.
 */
final class Fields extends AbstractMap<String, Json> {
    private static final int FEW = 8;
    static final Fields NONE = new Fields(new String[0], new Json[0], 0);

    private final String[] keys;
    private final Json[] values;
    private final int size;
    private volatile @Nullable Map<String, Integer> index;

    /** Takes the arrays over; the keys must differ. */
    Fields(String[] keys, Json[] values, int size) {
        this.keys = keys;
        this.values = values;
        this.size = size;
    }

    private static Map<String, Integer> indexOf(String[] keys, int size) {
        var index = HashMap.<String, Integer>newHashMap(size);
        for (int i = 0; i < size; i++) index.put(keys[i], i);
        return index;
    }

    static Fields copyOf(Map<String, Json> fields) {
        if (fields instanceof Fields own) return own;
        var keys = new String[fields.size()];
        var values = new Json[keys.length];
        int size = 0;
        for (var field : fields.entrySet()) {
            keys[size] = Objects.requireNonNull(field.getKey(), "key");
            values[size++] = Objects.requireNonNull(field.getValue(), "value");
        }
        return new Fields(keys, values, size);
    }

    static Fields ofJava(Map<?, ?> fields) {
        var copy = LinkedHashMap.<String, Json>newLinkedHashMap(fields.size());
        for (var field : fields.entrySet()) {
            if (!(field.getKey() instanceof String key))
                throw new IllegalArgumentException("keys are texts: " + fields);
            copy.put(key, Json.of(field.getValue()));
        }
        return copyOf(copy);
    }

    static Fields ofPairs(String name, @Nullable Object value, @Nullable Object... more) {
        if (more.length % 2 != 0) throw new IllegalArgumentException("names and values take turns");
        var fields = LinkedHashMap.<String, Json>newLinkedHashMap(1 + more.length / 2);
        fields.put(name, Json.of(value));
        for (int i = 0; i < more.length; i += 2) {
            if (!(more[i] instanceof String key))
                throw new IllegalArgumentException("not a name: " + more[i]);
            if (fields.put(key, Json.of(more[i + 1])) != null)
                throw new IllegalArgumentException("twice: " + key);
        }
        return copyOf(fields);
    }

    static Fields with(Map<String, Json> fields, String key, Json value) {
        var copy = new LinkedHashMap<>(fields);
        copy.put(key, value);
        return copyOf(copy);
    }

    static Fields without(Map<String, Json> fields, String key) {
        var copy = new LinkedHashMap<>(fields);
        copy.remove(key);
        return copyOf(copy);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public @Nullable Json get(@Nullable Object key) {
        int at = find(key);
        return at < 0 ? null : values[at];
    }

    @Override
    public Json getOrDefault(@Nullable Object key, Json otherwise) {
        int at = find(key);
        return at < 0 ? otherwise : values[at];
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return find(key) >= 0;
    }

    String key(int at) {
        return keys[at];
    }

    Json value(int at) {
        return values[at];
    }

    /** Where that key is, or -1. */
    int find(@Nullable Object key) {
        if (size > FEW) return index().getOrDefault(key, -1);
        for (int i = 0; i < size; i++) if (keys[i].equals(key)) return i;
        return -1;
    }

    /** Made when it is first needed: what is only written never needs it. */
    private Map<String, Integer> index() {
        var known = index;
        if (known == null) index = known = indexOf(keys, size);
        return known;
    }

    @Override
    public Set<Map.Entry<String, Json>> entrySet() {
        return new Entries();
    }

    private final class Entries extends AbstractSet<Map.Entry<String, Json>> {
        @Override
        public int size() {
            return size;
        }

        @Override
        public Iterator<Map.Entry<String, Json>> iterator() {
            return new Iterator<>() {
                private int at;

                @Override
                public boolean hasNext() {
                    return at < size;
                }

                @Override
                public Map.Entry<String, Json> next() {
                    if (at >= size) throw new NoSuchElementException();
                    return Map.entry(keys[at], values[at++]);
                }
            };
        }
    }

    /** Collects fields one by one; a key that is there already is refused. */
    static final class Growing {
        private String[] keys = new String[4];
        private Json[] values = new Json[4];
        private int size;
        private @Nullable Map<String, Integer> seen;

        /** False if the key is there already. */
        boolean add(String key, Json value) {
            if (!isNew(key)) return false;
            if (size == keys.length) {
                keys = Arrays.copyOf(keys, size * 2);
                values = Arrays.copyOf(values, size * 2);
            }
            keys[size] = key;
            values[size++] = value;
            return true;
        }

        Fields done() {
            if (size == 0) return NONE;
            // The room that is left over in a small one is not worth a copy.
            boolean full = keys.length <= FEW || size == keys.length;
            var fields =
                    new Fields(
                            full ? keys : Arrays.copyOf(keys, size),
                            full ? values : Arrays.copyOf(values, size),
                            size);
            fields.index = seen;
            return fields;
        }

        private boolean isNew(String key) {
            if (size < FEW) {
                for (int i = 0; i < size; i++) if (keys[i].equals(key)) return false;
                return true;
            }
            if (seen == null) seen = indexOf(keys, size);
            return seen.putIfAbsent(key, size) == null;
        }
    }
}
