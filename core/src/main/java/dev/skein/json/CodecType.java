package dev.skein.json;

import java.util.List;
import java.util.Optional;

/** A type by its codec. Equal to another that was made for the same class or schema. */
final class CodecType<T> implements JsonType<T> {
    private static final Applied TEXT = Applied.of(String.class);
    private static final ClassValue<CodecType<?>> ALONE =
            new ClassValue<>() {
                @Override
                protected CodecType<?> computeValue(Class<?> type) {
                    return compiled(Applied.of(type), tagOf(type));
                }
            };
    private static final ClassValue<CodecType<?>> LISTED =
            new ClassValue<>() {
                @Override
                protected CodecType<?> computeValue(Class<?> type) {
                    var list = new Applied(List.class, List.of(Applied.of(type)));
                    return compiled(list, "List<" + tagOf(type) + ">");
                }
            };

    private final Object identity;
    private final String tag;
    private final Codec codec;
    private final Json.Obj schema;

    private CodecType(Object identity, String tag, Codec codec, Json.Obj schema) {
        this.identity = identity;
        this.tag = tag;
        this.codec = codec;
        this.schema = schema;
    }

    @SuppressWarnings("unchecked") // computed for this very class
    static <T> CodecType<T> of(Class<T> type) {
        return (CodecType<T>) ALONE.get(type);
    }

    @SuppressWarnings("unchecked") // computed for this very class
    static <E> CodecType<List<E>> listOf(Class<E> element) {
        return (CodecType<List<E>>) LISTED.get(element);
    }

    static CodecType<Json> ofSchema(Json schema) {
        var codec = SchemaCodec.of(schema);
        return new CodecType<>(schema, "schema", codec, codec.schema());
    }

    /** A type that is no class, such as the parameters of a method. */
    static <T> CodecType<T> of(Object identity, String tag, Codec codec) {
        return new CodecType<>(identity, tag, codec, SchemaText.of(tag, codec));
    }

    private static CodecType<?> compiled(Applied type, String tag) {
        var path =
                (type.raw() == List.class ? type.arguments().getFirst() : type)
                        .raw()
                        .getSimpleName();
        var codec = new TypeCompiler().codec(type, path);
        return of(type, tag, codec);
    }

    private static String tagOf(Class<?> type) {
        if (type == String.class) return "text";
        return type == Json.class ? "json" : type.getSimpleName();
    }

    @Override
    public Json schema() {
        return schema;
    }

    /** What belongs there, in a word. */
    String expected() {
        return codec.expected();
    }

    @Override
    public String tag() {
        return tag;
    }

    @Override
    public Json encode(T value) {
        return encodeUnchecked(value);
    }

    /** For a value that is known to be of this type, but not to the compiler. */
    Json encodeUnchecked(Object value) {
        try {
            return codec.encode(value);
        } catch (Unencodable bad) {
            throw bad.as(tag);
        }
    }

    @Override
    public Decoded<T> decode(Json value) {
        return decode(value, new Decoding(false, value));
    }

    @Override
    public Decoded<T> decodeStrictly(Json value) {
        return decode(value, new Decoding(true, value));
    }

    @SuppressWarnings("unchecked") // the codec was made for T
    private Decoded<T> decode(Json json, Decoding at) {
        var value = codec.decode(json, at);
        return value == null || at.refused() > 0
                ? new Decoded.Bad<>(at.violations())
                : new Decoded.Ok<>((T) value, at.notes());
    }

    @Override
    public Decoded<T> read(String modelText) {
        return isText() ? decode(new Json.Text(modelText)) : new Reading<>(this, modelText).best();
    }

    @Override
    public Optional<Json> readSoFar(String modelText) {
        return isText()
                ? Optional.of(new Json.Text(modelText))
                : new Reading<>(this, modelText).soFar();
    }

    private boolean isText() {
        return identity.equals(TEXT);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CodecType<?> type && identity.equals(type.identity);
    }

    @Override
    public int hashCode() {
        return identity.hashCode();
    }

    @Override
    public String toString() {
        return tag;
    }
}
