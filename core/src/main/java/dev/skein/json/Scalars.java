package dev.skein.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The scalars of Java that have a JSON form. */
final class Scalars {
    private static final int UUID_LENGTH = 36;
    private static final Map<Class<?>, Codec> ALL = all();

    private Scalars() {}

    static @Nullable Codec of(Class<?> type) {
        return ALL.get(type);
    }

    private static Map<Class<?>, Codec> all() {
        var all = new LinkedHashMap<Class<?>, Codec>();
        all.put(String.class, text("text", Json.object("type", "string"), text -> text));
        addNumbers(all);
        addTexts(all);
        addTimes(all);
        var flag =
                new Scalar(
                        "boolean",
                        Json.object("type", "boolean"),
                        Json::of,
                        json -> json instanceof Json.Bool(var value) ? value : null);
        all.put(boolean.class, flag);
        all.put(Boolean.class, flag);
        all.put(Json.class, new Anything("JSON", Json.object(), Json.class));
        all.put(
                Json.Obj.class,
                new Anything("object", Json.object("type", "object"), Json.Obj.class));
        all.put(
                Json.Arr.class,
                new Anything("array", Json.object("type", "array"), Json.Arr.class));
        return all;
    }

    private static void addNumbers(Map<Class<?>, Codec> all) {
        var whole = Json.object("type", "integer");
        both(
                all,
                long.class,
                Long.class,
                integer(whole, Long.MIN_VALUE, Long.MAX_VALUE, value -> value));
        both(
                all,
                int.class,
                Integer.class,
                integer(whole, Integer.MIN_VALUE, Integer.MAX_VALUE, Long::intValue));
        both(
                all,
                short.class,
                Short.class,
                integer(
                        bounded(Short.MIN_VALUE, Short.MAX_VALUE),
                        Short.MIN_VALUE,
                        Short.MAX_VALUE,
                        Long::shortValue));
        both(
                all,
                byte.class,
                Byte.class,
                integer(
                        bounded(Byte.MIN_VALUE, Byte.MAX_VALUE),
                        Byte.MIN_VALUE,
                        Byte.MAX_VALUE,
                        Long::byteValue));
        both(all, double.class, Double.class, number(digits -> finite(Double.parseDouble(digits))));
        both(all, float.class, Float.class, number(digits -> finite(Float.parseFloat(digits))));
        all.put(BigDecimal.class, number(BigDecimal::new));
        all.put(
                BigInteger.class,
                new Scalar(
                        "integer",
                        whole,
                        Scalars::numberOf,
                        json -> json instanceof Json.Num number ? big(number.value()) : null));
    }

    private static void addTexts(Map<Class<?>, Codec> all) {
        var letter = Json.object("type", "string", "minLength", 1, "maxLength", 1);
        both(
                all,
                char.class,
                Character.class,
                text("one character", letter, text -> text.length() == 1 ? text.charAt(0) : null));
        all.put(
                UUID.class,
                text(
                        "UUID",
                        formatted("uuid"),
                        text -> text.length() == UUID_LENGTH ? UUID.fromString(text) : null));
        all.put(URI.class, text("URI", formatted("uri-reference"), URI::create));
        all.put(
                byte[].class,
                new Scalar(
                        "Base64",
                        Json.object("type", "string", "contentEncoding", "base64"),
                        value -> new Json.Text(Base64.getEncoder().encodeToString((byte[]) value)),
                        json ->
                                json instanceof Json.Text(var text)
                                        ? Base64.getDecoder().decode(text)
                                        : null));
    }

    private static void addTimes(Map<Class<?>, Codec> all) {
        all.put(
                Instant.class,
                text("instant like 2026-01-31T10:00:00Z", formatted("date-time"), Instant::parse));
        all.put(
                OffsetDateTime.class,
                text(
                        "time with offset like 2026-01-31T10:00:00+01:00",
                        formatted("date-time"),
                        OffsetDateTime::parse));
        all.put(LocalDate.class, text("date like 2026-01-31", formatted("date"), LocalDate::parse));
        all.put(
                LocalDateTime.class,
                text(
                        "date and time like 2026-01-31T10:00:00",
                        described("date and time, ISO 8601 without zone"),
                        LocalDateTime::parse));
        all.put(
                LocalTime.class,
                text(
                        "time like 10:00:00",
                        described("time of day, ISO 8601 without zone"),
                        LocalTime::parse));
        all.put(
                Duration.class,
                text("duration like PT1H30M", formatted("duration"), Duration::parse));
    }

    private static void both(
            Map<Class<?>, Codec> all, Class<?> primitive, Class<?> box, Codec codec) {
        all.put(primitive, codec);
        all.put(box, codec);
    }

    private static Scalar text(
            String expected, Json.Obj schema, Function<String, @Nullable Object> parse) {
        return new Scalar(
                expected,
                schema,
                value -> new Json.Text(value.toString()),
                json -> json instanceof Json.Text(var text) ? parse.apply(text) : null);
    }

    private static Scalar number(Function<String, @Nullable Object> parse) {
        return new Scalar(
                "number",
                Json.object("type", "number"),
                Scalars::numberOf,
                json -> json instanceof Json.Num(var digits) ? parse.apply(digits) : null);
    }

    private static Scalar integer(
            Json.Obj schema, long min, long max, Function<Long, Object> narrow) {
        return new Scalar(
                "integer",
                "integer from " + min + " to " + max,
                schema,
                Json::of,
                json -> json instanceof Json.Num number ? whole(number, min, max, narrow) : null);
    }

    private static @Nullable Object whole(
            Json.Num number, long min, long max, Function<Long, Object> narrow) {
        // Two defaults tell "is no long" from any long.
        long value = number.asLong(0);
        if (value == 0 && number.asLong(1) == 1) return null;
        return value < min || value > max ? null : narrow.apply(value);
    }

    private static @Nullable BigInteger big(BigDecimal value) {
        return (long) value.precision() - value.scale() <= Digits.MAX
                ? value.toBigIntegerExact()
                : null;
    }

    private static @Nullable Object finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private static @Nullable Object finite(float value) {
        return Float.isFinite(value) ? value : null;
    }

    private static Json numberOf(Object value) {
        try {
            return Json.of(value);
        } catch (IllegalArgumentException noNumber) {
            throw new Unencodable(
                    "finite number of at most 100 digits",
                    Decoding.shown(Json.of(value.toString())));
        }
    }

    private static Json.Obj bounded(long min, long max) {
        return Json.object("type", "integer", "minimum", min, "maximum", max);
    }

    private static Json.Obj formatted(String format) {
        return Json.object("type", "string", "format", format);
    }

    private static Json.Obj described(String description) {
        return Json.object("type", "string", "description", description);
    }

    /** Json itself: whatever it is, or one kind of it. */
    private record Anything(String expected, Json.Obj plain, Class<? extends Json> kind)
            implements Codec {
        @Override
        public Json encode(Object value) {
            return kind.cast(value);
        }

        @Override
        public @Nullable Object decode(Json json, Decoding at) {
            if (kind.isInstance(json)) return json;
            at.mismatch(expected, json);
            return null;
        }

        @Override
        public Json.Obj schema(SchemaText text) {
            return plain;
        }
    }
}
