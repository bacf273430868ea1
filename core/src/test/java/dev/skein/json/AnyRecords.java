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
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Records of every accepted type, filled at random, extremes included. */
final class AnyRecords {
    enum Color {
        RED,
        DARK_BLUE {
            @Override
            public String toString() {
                return "other";
            }
        }
    }

    record Numbers(byte b, short s, int i, long l, float f, double d, char c) {}

    record Boxes(
            Byte b,
            Short s,
            Integer i,
            Long l,
            Float f,
            Double d,
            Character c,
            Boolean z,
            boolean p) {}

    record Exact(
            BigDecimal decimal, BigInteger integer, UUID uuid, URI uri, String text, Color color) {}

    record Times(
            Instant instant,
            OffsetDateTime offset,
            LocalDate date,
            LocalDateTime dateTime,
            LocalTime time,
            Duration duration) {}

    record Holders(
            List<String> list,
            Set<Color> set,
            Map<String, Integer> map,
            Optional<Exact> optional,
            @Nullable Times nullable,
            Json json) {}

    record Nested(
            List<List<Optional<Integer>>> lists,
            Map<String, List<Shape>> shapes,
            Set<Map<String, Boolean>> sets,
            Optional<Map<String, Json>> free) {}

    record Pair<A, B>(A first, B second) {}

    record Generics(
            Pair<String, Long> plain,
            Pair<List<Color>, Optional<Shape>> deep,
            List<Pair<Json, Numbers>> list) {}

    sealed interface Shape {
        record Circle(double radius) implements Shape {}

        record Group(List<Shape> members, String name) implements Shape {}

        record Empty() implements Shape {}

        sealed interface Angular extends Shape {}

        record Square(@Range(min = 0) int side, @Length(max = 5) String name) implements Angular {}
    }

    record Wide(
            int a1,
            int a2,
            int a3,
            int a4,
            int a5,
            int a6,
            int a7,
            int a8,
            int a9,
            int a10,
            @Nullable String a11,
            Color a12) {}

    private final Random random;

    AnyRecords(Random random) {
        this.random = random;
    }

    Map<Class<?>, Supplier<Object>> all() {
        var all = new LinkedHashMap<Class<?>, Supplier<Object>>();
        all.put(Numbers.class, this::numbers);
        all.put(Boxes.class, this::boxes);
        all.put(Exact.class, this::exact);
        all.put(Times.class, this::times);
        all.put(Holders.class, this::holders);
        all.put(Nested.class, this::nested);
        all.put(Generics.class, this::generics);
        all.put(Shape.class, () -> shape(4));
        all.put(
                Wide.class,
                () ->
                        new Wide(
                                1,
                                2,
                                3,
                                4,
                                5,
                                6,
                                7,
                                8,
                                9,
                                10,
                                random.nextBoolean() ? null : text(),
                                color()));
        all.put(Color.class, this::color);
        all.put(BigDecimal.class, this::decimal);
        all.put(Json.class, () -> json(4));
        all.put(String.class, this::text);
        return all;
    }

    private Boxes boxes() {
        return new Boxes(
                (byte) number(),
                (short) number(),
                (int) number(),
                number(),
                floating(),
                doubled(),
                letter(),
                random.nextBoolean(),
                random.nextBoolean());
    }

    private Holders holders() {
        return new Holders(
                list(this::text),
                set(this::color),
                map(() -> (int) number()),
                maybe(this::exact),
                random.nextBoolean() ? null : times(),
                json(3));
    }

    private Nested nested() {
        var lists = list(() -> list(() -> maybe(() -> (int) number())));
        return new Nested(
                lists,
                map(() -> list(() -> shape(3))),
                set(() -> map(random::nextBoolean)),
                maybe(() -> map(() -> json(2))));
    }

    private Generics generics() {
        var deep = new Pair<>(list(this::color), maybe(() -> shape(2)));
        return new Generics(
                new Pair<>(text(), number()), deep, list(() -> new Pair<>(json(1), numbers())));
    }

    private Numbers numbers() {
        return new Numbers(
                (byte) number(),
                (short) number(),
                (int) number(),
                number(),
                floating(),
                doubled(),
                letter());
    }

    private Exact exact() {
        return new Exact(
                decimal(),
                new BigInteger(random.nextInt(300), random).negate(),
                new UUID(random.nextLong(), random.nextLong()),
                URI.create("http://h/" + random.nextInt() + "?q=%20#f"),
                text(),
                color());
    }

    private Times times() {
        var date = LocalDate.ofEpochDay(random.nextInt(-1_000_000, 4_000_000));
        var time =
                LocalTime.ofNanoOfDay(
                        random.nextBoolean()
                                ? random.nextLong(86_400_000_000_000L)
                                : random.nextLong(1440) * 60_000_000_000L);
        var offset = ZoneOffset.ofTotalSeconds(random.nextInt(-18 * 3600, 18 * 3600));
        return new Times(
                instant(),
                OffsetDateTime.of(date, time, offset),
                date,
                date.atTime(time),
                time,
                duration());
    }

    private Instant instant() {
        return switch (random.nextInt(6)) {
            case 0 -> Instant.MAX;
            case 1 -> Instant.MIN;
            default ->
                    Instant.ofEpochSecond(
                            random.nextLong(-10_000_000_000L, 10_000_000_000L),
                            random.nextInt(1_000_000_000));
        };
    }

    private Duration duration() {
        return switch (random.nextInt(6)) {
            case 0 -> Duration.ZERO;
            case 1 -> Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);
            case 2 -> Duration.ofSeconds(Long.MIN_VALUE);
            default ->
                    Duration.ofSeconds(
                            random.nextLong() >> random.nextInt(64), random.nextInt(1_000_000_000));
        };
    }

    private long number() {
        return switch (random.nextInt(5)) {
            case 0 -> Long.MAX_VALUE;
            case 1 -> Long.MIN_VALUE;
            default -> random.nextLong() >> random.nextInt(64);
        };
    }

    private double doubled() {
        var value = Double.longBitsToDouble(random.nextLong());
        return Double.isFinite(value) ? value : -0.0;
    }

    private float floating() {
        var value = Float.intBitsToFloat(random.nextInt());
        return Float.isFinite(value) ? value : Float.MIN_VALUE;
    }

    private char letter() {
        return (char) random.nextInt(0x10000);
    }

    private BigDecimal decimal() {
        return new BigDecimal(
                new BigInteger(random.nextInt(250), random), random.nextInt(-200, 200));
    }

    private Color color() {
        return Color.values()[random.nextInt(2)];
    }

    private String text() {
        var text = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--)
            text.append((char) random.nextInt(random.nextBoolean() ? 0x80 : 0x10000));
        return text.toString();
    }

    private Shape shape(int depth) {
        return switch (random.nextInt(depth > 0 ? 4 : 3)) {
            case 0 -> new Shape.Circle(doubled());
            case 1 -> new Shape.Square(random.nextInt(100), "sq");
            case 2 -> new Shape.Empty();
            default -> new Shape.Group(list(() -> shape(depth - 1)), text());
        };
    }

    private Json json(int depth) {
        return switch (random.nextInt(depth > 0 ? 6 : 4)) {
            case 0 -> new Json.Text(text());
            case 1 -> new Json.Num(decimal().toString());
            case 2 -> new Json.Bool(random.nextBoolean());
            case 3 -> Json.nothing();
            case 4 -> new Json.Arr(list(() -> json(depth - 1)));
            default -> new Json.Obj(map(() -> json(depth - 1)));
        };
    }

    private <T> List<T> list(Supplier<T> element) {
        var list = new ArrayList<T>();
        for (int i = random.nextInt(4); i > 0; i--) list.add(element.get());
        return list;
    }

    private <T> Set<T> set(Supplier<T> element) {
        return new LinkedHashSet<>(list(element));
    }

    private <T> Map<String, T> map(Supplier<T> element) {
        var map = new LinkedHashMap<String, T>();
        for (int i = random.nextInt(12); i > 0; i--) map.put(text(), element.get());
        return map;
    }

    private <T> Optional<T> maybe(Supplier<T> value) {
        return random.nextBoolean() ? Optional.empty() : Optional.of(value.get());
    }
}
