package dev.skein.json;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A type of values that has a JSON Schema, and the way between its values and JSON. Immutable and
 * thread-safe; equal if made for the same Java type or the same schema. Encoding and decoding again
 * gives an equal value.
 *
 * <p>Accepted are records (nested, recursive, generic with concrete arguments), enums, sealed
 * interfaces of records, text, primitives and their boxes, {@code BigDecimal BigInteger Instant
 * OffsetDateTime LocalDate LocalDateTime LocalTime Duration UUID URI byte[]} (Base64), {@code List
 * Set} and arrays, {@code Map<String, T>}, {@code Optional<T>}, {@link Json} and {@code Failure}. A
 * component is required unless it is {@code Optional} or marked {@code @Nullable} by JSpecify.
 *
 * <p>Records and their components may be private, also those of a compact source file. A named
 * module must open their package to {@code dev.skein.core}, or export it with public records.
 */
public sealed interface JsonType<T> permits CodecType {
    /**
     * The type of that class; computed once per class.
     *
     * @throws dev.skein.failure.SkeinException {@code invalid.type} with the path to what has no
     *     schema
     */
    static <T> JsonType<T> of(Class<T> type) {
        return CodecType.of(type);
    }

    /** Lists of that class. */
    static <E> JsonType<List<E>> listOf(Class<E> element) {
        return CodecType.listOf(element);
    }

    /** Text. Read from a model's text, it is that text as it stands. */
    static JsonType<String> text() {
        return of(String.class);
    }

    /**
     * Free data that fits a JSON Schema. Checked are types, properties, items, constants, bounds,
     * lengths, patterns, combinations, and references within the schema; other keywords are taken
     * for remarks.
     *
     * @throws dev.skein.failure.SkeinException {@code invalid.spec} if it is no schema
     */
    static JsonType<Json> schema(Json jsonSchema) {
        return CodecType.ofSchema(jsonSchema);
    }

    /**
     * The JSON of a value whose type is known only as it runs: as {@link #of} its class would, and
     * lists, maps and optional values of such.
     *
     * @throws dev.skein.failure.SkeinException {@code invalid.type} if it has no schema, {@code
     *     invalid.input} as for {@link #encode}
     */
    static Json encodeAny(@Nullable Object value) {
        return AnyValue.encode(value);
    }

    /** Its JSON Schema (2020-12); properties are in the order of their declaration. */
    Json schema();

    /**
     * The short name under which data refer to it: {@code text}, {@code json}, or the simple name
     * of the class.
     */
    String tag();

    /**
     * The JSON of a value.
     *
     * @throws dev.skein.failure.SkeinException {@code invalid.input} for what no JSON can say: NaN,
     *     infinities, a null that is not marked, a number of more than 100 digits
     */
    Json encode(T value);

    /** The value of that JSON. Strict in meaning, but unknown properties are dropped and noted. */
    Decoded<T> decode(Json value);

    /**
     * As {@link #decode}, and unknown properties are violations: for arguments, where they are
     * mistakes.
     */
    Decoded<T> decodeStrictly(Json value);

    /**
     * The last outermost complete JSON value in that text which fits. Byte-order mark, code fences,
     * prose around, comments, trailing commas and raw line ends in texts do not matter; the meaning
     * is as strict as for {@link #decode}. Takes time linear in the length of the text.
     */
    Decoded<T> read(String modelText);

    /**
     * The value in a text that is still being written, as far as it has come: open texts, arrays
     * and objects are closed, and a name, number or word that may go on is left out. Found as
     * {@link #read} finds it, but nothing says that it fits. Empty as long as nothing of an object
     * or an array is there; takes time linear in the length of the text.
     */
    Optional<Json> readSoFar(String modelText);
}
