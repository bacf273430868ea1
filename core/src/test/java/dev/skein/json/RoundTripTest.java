package dev.skein.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoundTripTest {
    private static final long SEED = System.nanoTime();

    private static List<Class<?>> types() {
        System.out.println("RoundTripTest seed " + SEED);
        return List.copyOf(new AnyRecords(new Random(SEED)).all().keySet());
    }

    private static Supplier<Object> values(Class<?> type, Random random) {
        return Objects.requireNonNull(new AnyRecords(random).all().get(type));
    }

    private static Schema validator(Json schema) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema.canonical(), InputFormat.JSON);
    }

    private static List<Error> errors(Schema validator, Json value) {
        // Half a surrogate pair in a name is more than the other parser can take.
        var text = value.canonical().replaceAll("\\\\ud[89a-f][0-9a-f]{2}", "x");
        return validator.validate(text, InputFormat.JSON);
    }

    @ParameterizedTest
    @MethodSource("types")
    @Tag("AG-30")
    @Tag("AG-36")
    void whatIsEncodedIsDecodedToTheSame(Class<?> type) {
        var values = values(type, new Random(SEED));
        for (int i = 0; i < 200; i++) assertSame(JsonType.of(type), values.get());
    }

    private static Json encoded(Class<?> type, Object value) {
        return CodecType.of(type).encodeUnchecked(value);
    }

    @SuppressWarnings("unchecked")
    private static <T> void assertSame(JsonType<T> type, Object any) {
        var value = (T) any;
        var json = type.encode(value);
        for (var text : List.of(Json.parse(json.toBytes()), Json.parse(json.canonical()), json)) {
            assertThat(type.decodeStrictly(text))
                    .as("seed %d", SEED)
                    .isEqualTo(new Decoded.Ok<>(value, List.of()));
        }
        assertThat(type.decode(Json.parse(new String(json.toBytes(), StandardCharsets.UTF_8))))
                .isEqualTo(new Decoded.Ok<>(value, List.of()));
        if (!type.equals(JsonType.text()) && json instanceof Json.Obj)
            assertThat(type.read("So:\n" + json.canonical()))
                    .as("seed %d", SEED)
                    .isEqualTo(new Decoded.Ok<>(value, List.of()));
    }

    @ParameterizedTest
    @MethodSource("types")
    @Tag("AG-31")
    void whatIsEncodedFitsItsSchemaAsOthersReadIt(Class<?> type) {
        var values = values(type, new Random(SEED));
        var validator = validator(JsonType.of(type).schema());
        for (int i = 0; i < 50; i++) {
            var json = encoded(type, values.get());
            assertThat(errors(validator, json)).as("seed %d, %s", SEED, json).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void aFreeSchemaAcceptsWhatOthersAccept(Class<?> type) {
        var random = new Random(SEED);
        var values = values(type, random);
        assertAgreement(JsonType.of(type).schema(), () -> encoded(type, values.get()), random);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":[\"integer\",\"null\"],\"exclusiveMinimum\":0},\"b\":{\"enum\":[1,\"x\",null,[1]]}},\"required\":[\"a\"],\"minProperties\":2}",
                "{\"oneOf\":[{\"type\":\"object\",\"required\":[\"a\"]},{\"type\":\"object\",\"required\":[\"b\"]}],\"not\":{\"required\":[\"x\"]}}",
                "{\"allOf\":[{\"$ref\":\"#/$defs/n\"},{\"maxProperties\":3}],\"$defs\":{\"n\":{\"additionalProperties\":{\"anyOf\":[{\"type\":\"number\",\"multipleOf\":0.5,\"maximum\":10},{\"$ref\":\"#/$defs/n\"},{\"type\":\"array\",\"uniqueItems\":true,\"maxItems\":2}]}}}}",
                "{\"patternProperties\":{\"^a\":{\"type\":\"string\",\"minLength\":1,\"pattern\":\"x\"}},\"additionalProperties\":false}",
                "{\"properties\":{\"a\":{\"prefixItems\":[{\"const\":1},true],\"items\":false},\"b\":{\"const\":{\"x\":1.0}}}}"
            })
    void aSchemaOfOthersAcceptsWhatOthersAccept(String schema) {
        var random = new Random(SEED);
        var starts =
                List.of(
                        "{\"a\":1,\"b\":\"x\"}",
                        "{\"a\":2,\"b\":[1]}",
                        "{\"a\":[1,2],\"b\":{\"x\":1}}",
                        "{\"a\":{\"b\":[1,2],\"c\":0.5},\"x\":1.25}",
                        "{\"ab\":\"x\",\"a\":\"yx\"}",
                        "{\"b\":null}");
        assertAgreement(
                Json.parse(schema),
                () -> Json.parse(starts.get(random.nextInt(starts.size()))),
                random);
    }

    private static void assertAgreement(Json schema, Supplier<Json> values, Random random) {
        var validator = validator(schema);
        var free = JsonType.schema(schema);
        for (int i = 0; i < 200; i++) {
            var json = values.get();
            for (int changes = random.nextInt(3); changes > 0; changes--)
                json = changed(json, random);
            boolean fits = free.decodeStrictly(json) instanceof Decoded.Ok<Json>;
            assertThat(fits)
                    .as("seed %d: %s against %s", SEED, json.canonical(), schema.canonical())
                    .isEqualTo(errors(validator, json).isEmpty());
        }
    }

    /** The same value with something somewhere replaced, removed or added. */
    private static Json changed(Json json, Random random) {
        var others =
                List.of(
                        "null",
                        "1",
                        "1.5",
                        "\"x\"",
                        "\"\"",
                        "true",
                        "[]",
                        "{}",
                        "[1,1]",
                        "{\"a\":1}",
                        "-7");
        var other = Json.parse(others.get(random.nextInt(others.size())));
        if (random.nextInt(4) == 0) return other;
        return switch (json) {
            case Json.Obj object when !object.fields().isEmpty() -> {
                var keys = List.copyOf(object.fields().keySet());
                var key = keys.get(random.nextInt(keys.size()));
                yield switch (random.nextInt(4)) {
                    case 0 -> object.without(key);
                    case 1 -> object.with("x", other);
                    default -> object.with(key, changed(object.get(key), random));
                };
            }
            case Json.Arr(var items) when !items.isEmpty() -> {
                var copy = new ArrayList<>(items);
                int at = random.nextInt(copy.size());
                copy.set(at, changed(copy.get(at), random));
                if (random.nextInt(4) == 0) copy.add(copy.get(at));
                yield new Json.Arr(copy);
            }
            case Json.Obj _, Json.Arr _, Json.Text _, Json.Num _, Json.Bool _, Json.Null _ -> other;
        };
    }
}
