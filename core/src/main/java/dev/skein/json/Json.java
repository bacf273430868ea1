package dev.skein.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An immutable JSON value. Objects keep the order of their keys and numbers their digits, so that
 * what is read and written again is the same text but for white space.
 *
 * <p>The accessors here are made for reading what somebody else wrote: what is absent or of another
 * kind is JSON's null, empty, or the value given for that case. Use a {@link JsonType} where a
 * violation must be noticed.
 */
public sealed interface Json {
    /** An object; its keys keep their order. Equal to another with the same fields in any order. */
    record Obj(Map<String, Json> fields) implements Json {
        /** Copies the fields, unless they are those of another object. */
        public Obj {
            fields = Fields.copyOf(fields);
        }

        /** The same object with that field set: in its old place, else at the end. */
        public Obj with(String key, @Nullable Object value) {
            return new Obj(Fields.with(fields, key, Json.of(value)));
        }

        /** The same object without that field. */
        public Obj without(String key) {
            return new Obj(Fields.without(fields, key));
        }

        @Override
        public String toString() {
            return canonical();
        }
    }

    /** An array. */
    record Arr(List<Json> items) implements Json {
        /** Copies the items. */
        public Arr {
            items = List.copyOf(items);
        }

        @Override
        public String toString() {
            return canonical();
        }
    }

    /** A text. */
    record Text(String value) implements Json {
        /** Refuses null. */
        public Text {
            Objects.requireNonNull(value, "value");
        }
    }

    /** A number, as it is written: {@code 0.10} is not {@code 0.1}. */
    record Num(String digits) implements Json {
        /** Refuses what is no JSON number, or is longer than 100 characters. */
        public Num {
            Digits.check(digits);
        }

        /** Its exact value. */
        public BigDecimal value() {
            return new BigDecimal(digits);
        }
    }

    /** True or false. */
    record Bool(boolean value) implements Json {}

    /** Nothing. */
    record Null() implements Json {
        private static final Null ONE = new Null();
    }

    /**
     * Reads one JSON value, strictly: depth at most 64, at most 100 characters a number and a
     * million tokens, no duplicate keys, nothing after the value.
     *
     * @throws dev.skein.failure.SkeinException {@code invalid.body} with line and column
     */
    static Json parse(String strict) {
        return Parser.parse(strict);
    }

    /** Reads one JSON value from UTF-8, as {@link #parse(String)} does. */
    static Json parse(byte[] strict) {
        return Parser.parse(strict);
    }

    /**
     * The value for what Java has: null, text, boolean, numbers, lists and maps of those, and Json
     * itself.
     *
     * @throws IllegalArgumentException for anything else, for NaN and for infinities
     */
    static Json of(@Nullable Object value) {
        return switch (value) {
            case null -> nothing();
            case Json json -> json;
            case CharSequence text -> new Text(text.toString());
            case Boolean truth -> new Bool(truth);
            case Integer number -> new Num(number.toString());
            case Long number -> new Num(number.toString());
            case Short number -> new Num(number.toString());
            case Byte number -> new Num(number.toString());
            case Double number -> new Num(Digits.of(number));
            case Float number -> new Num(Digits.of(number));
            case BigInteger number -> new Num(number.toString());
            case BigDecimal number -> new Num(number.toString());
            case Iterable<?> items -> array(items);
            case Map<?, ?> fields -> new Obj(Fields.ofJava(fields));
            default ->
                    throw new IllegalArgumentException("no JSON for " + value.getClass().getName());
        };
    }

    /** JSON's null. */
    static Json nothing() {
        return Null.ONE;
    }

    /** An array of those values, each as {@link #of} takes it. */
    static Arr array(Iterable<?> values) {
        var items = new ArrayList<Json>();
        for (var value : values) items.add(of(value));
        return new Arr(items);
    }

    /** An object without fields. */
    static Obj object() {
        return new Obj(Map.of());
    }

    /** An object of names and values in turn, each value as {@link #of} takes it. */
    static Obj object(String name, @Nullable Object value, @Nullable Object... more) {
        return new Obj(Fields.ofPairs(name, value, more));
    }

    /** The value of that key; null if there is none, or this is no object. */
    default Json get(String key) {
        return fields().getOrDefault(key, nothing());
    }

    /** The item at that index; null if there is none, or this is no array. */
    default Json at(int index) {
        var items = items();
        return index >= 0 && index < items.size() ? items.get(index) : nothing();
    }

    /** What a JSON pointer like {@code /choices/0/message} leads to, or null. */
    default Json path(String pointer) {
        return Pointer.follow(this, pointer);
    }

    /** The fields of an object; of anything else none. */
    default Map<String, Json> fields() {
        return Map.of();
    }

    /** The items of an array; of anything else none. */
    default List<Json> items() {
        return List.of();
    }

    /** Whether this is null. */
    default boolean isNull() {
        return this instanceof Null;
    }

    /** The text; of anything else the empty text. */
    default String text() {
        return text("");
    }

    /** The text; of anything else the given one. */
    default String text(String otherwise) {
        return this instanceof Text(var value) ? value : otherwise;
    }

    /** The integer; of anything else zero. */
    default long asLong() {
        return asLong(0);
    }

    /** The integer ({@code 5.0} is one); of anything else, and beyond 64 bits, the given one. */
    default long asLong(long otherwise) {
        return this instanceof Num(var digits) ? Digits.longOf(digits, otherwise) : otherwise;
    }

    /** The nearest double of a number; of anything else the given one. */
    default double asDouble(double otherwise) {
        return this instanceof Num(var digits) ? Double.parseDouble(digits) : otherwise;
    }

    /** The truth value; of anything else the given one. */
    default boolean asBoolean(boolean otherwise) {
        return this instanceof Bool(var value) ? value : otherwise;
    }

    /** The shortest text: no white space, keys in their order, digits as they were written. */
    default String canonical() {
        return new JsonWriter().value(this).toString();
    }

    /** {@link #canonical} in UTF-8. */
    default byte[] toBytes() {
        return new JsonWriter().value(this).toBytes();
    }
}
