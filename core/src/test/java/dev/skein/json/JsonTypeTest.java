package dev.skein.json;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.skein.failure.SkeinException;
import dev.skein.failure.Violation;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTypeTest {
    @Description("What was found out")
    record Finding(
            @Description("in one sentence") String answer,
            @Range(min = 0, max = 1) double confidence,
            @Length(max = 3) List<String> sources,
            @Matches("^[a-z]+$") @Length(min = 2) String topic) {}

    enum Urgency {
        @Description("can wait")
        LOW,
        VERY_HIGH
    }

    sealed interface Route {
        record Billing(Urgency urgency) implements Route {}

        record Technical(String component, Optional<Integer> line) implements Route {}
    }

    record Loose(Optional<String> maybe, @Nullable String perhaps, int number) {}

    record Tree(String name, List<Tree> children) {}

    sealed interface Expression {
        record Constant(long value) implements Expression {}

        record Sum(Expression left, Expression right) implements Expression {}
    }

    record Page<T>(List<T> items, Optional<T> next) {}

    record Book(Page<Tree> trees, Page<String> names) {}

    sealed interface Outcome<T> {
        record Fine<T>(T value) implements Outcome<T> {}

        record Poor<T>(String why) implements Outcome<T> {}
    }

    record Outcomes(Outcome<Urgency> urgency, Outcome<Long> number) {}

    record Guarded(int low, int high) {
        Guarded {
            if (low > high) throw new IllegalArgumentException("low must be at most high");
        }
    }

    private static <T> T decoded(JsonType<T> type, String json) {
        return switch (type.decode(Json.parse(json))) {
            case Decoded.Ok<T>(var value, _) -> value;
            case Decoded.Bad<T>(var violations) -> throw new AssertionError(violations);
        };
    }

    private static List<Violation> violations(Decoded<?> decoded) {
        return switch (decoded) {
            case Decoded.Ok<?>(var value, _) -> throw new AssertionError("fits: " + value);
            case Decoded.Bad<?>(var violations) -> violations;
        };
    }

    private static List<Violation> violations(Class<?> type, String json) {
        return violations(JsonType.of(type).decode(Json.parse(json)));
    }

    @Test
    @Tag("AG-31")
    void aSchemaSaysWhatIsDeclaredInItsOrder() {
        assertThat(JsonType.of(Finding.class).schema().canonical())
                .isEqualTo(
                        """
                        {"type":"object","description":"What was found out","properties":{\
                        "answer":{"type":"string","description":"in one sentence"},\
                        "confidence":{"type":"number","minimum":0,"maximum":1},\
                        "sources":{"type":"array","items":{"type":"string"},"maxItems":3},\
                        "topic":{"type":"string","minLength":2,"pattern":"^[a-z]+$"}},\
                        "required":["answer","confidence","sources","topic"],"additionalProperties":false}\
                        """);
    }

    @Test
    void variantsOfASealedInterfaceAreToldApartByAConstant() {
        assertThat(JsonType.of(Route.class).schema().canonical())
                .isEqualTo(
                        """
                        {"anyOf":[{"type":"object","properties":{"type":{"type":"string","const":"Billing"},\
                        "urgency":{"type":"string","enum":["LOW","VERY_HIGH"],"description":"LOW: can wait"}},\
                        "required":["type","urgency"],"additionalProperties":false},\
                        {"type":"object","properties":{"type":{"type":"string","const":"Technical"},\
                        "component":{"type":"string"},"line":{"type":"integer"}},\
                        "required":["type","component"],"additionalProperties":false}]}\
                        """);
    }

    @Test
    void aTypeInsideItselfBecomesADefinition() {
        var schema = JsonType.of(Tree.class).schema();
        assertThat(schema.path("/properties/children/items/$ref").text()).isEqualTo("#/$defs/Tree");
        assertThat(schema.path("/$defs/Tree/properties/children/items/$ref").text())
                .isEqualTo("#/$defs/Tree");
        assertThat(JsonType.of(Expression.class).schema().path("/$defs/Expression/anyOf").items())
                .hasSize(2);
        assertThat(JsonType.of(Expression.Sum.class).schema().path("/$defs").fields())
                .containsOnlyKeys("Expression");
        assertThat(JsonType.of(Finding.class).schema().get("$defs").isNull()).isTrue();
    }

    @Test
    @Tag("AG-32")
    void onlyWhatIsNeitherOptionalNorNullableIsRequired() {
        var type = JsonType.of(Loose.class);
        assertThat(type.schema().get("required")).isEqualTo(Json.of(List.of("number")));
        assertThat(violations(Loose.class, "{}"))
                .containsExactly(new Violation("/number", "integer", "nothing"));
        assertThat(decoded(type, "{\"number\":1}")).isEqualTo(new Loose(Optional.empty(), null, 1));
        assertThat(decoded(type, "{\"number\":1,\"maybe\":null,\"perhaps\":null}"))
                .isEqualTo(new Loose(Optional.empty(), null, 1));
        assertThat(type.encode(new Loose(Optional.empty(), null, 1)).canonical())
                .isEqualTo("{\"number\":1}");
        assertThat(violations(Loose.class, "{\"number\":null}"))
                .containsExactly(new Violation("/number", "integer", "null"));
        assertThat(violations(Tree.class, "{\"name\":\"a\",\"children\":[null]}"))
                .containsExactly(new Violation("/children/0", "object", "null"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int     | \"5\"  | integer",
                "int     | 1.5    | integer from -2147483648 to 2147483647",
                "int     | 3000000000 | integer from -2147483648 to 2147483647",
                "long    | 9223372036854775808 | integer from -9223372036854775808 to 9223372036854775807",
                "byte    | 200    | integer from -128 to 127",
                "double  | 1e400  | number",
                "double  | \"1\"  | number",
                "float   | 1e39   | number",
                "boolean | 1      | boolean",
                "boolean | \"true\" | boolean",
                "text    | 1      | text",
                "text    | null   | text"
            })
    @Tag("AG-35")
    void nothingIsConvertedInSilence(String type, String json, String expected) {
        var classes =
                Map.<String, Class<?>>of(
                        "int",
                        int.class,
                        "long",
                        long.class,
                        "byte",
                        byte.class,
                        "double",
                        double.class,
                        "float",
                        float.class,
                        "boolean",
                        boolean.class,
                        "text",
                        String.class);
        assertThat(violations(requireNonNull(classes.get(type)), json))
                .singleElement()
                .extracting(Violation::expected)
                .isEqualTo(expected);
    }

    @Test
    void aWholeNumberMayBeWrittenWithAFraction() {
        assertThat(decoded(JsonType.of(int.class), "5.0")).isEqualTo(5);
        assertThat(decoded(JsonType.of(long.class), "1e3")).isEqualTo(1000);
        assertThat(decoded(JsonType.of(BigDecimal.class), "0.10"))
                .isEqualTo(new BigDecimal("0.10"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"VERY_HIGH", "very_high", "very high", "Very-High", "veryhigh"})
    void anEnumConstantIsUnderstoodWithoutCaseAndSeparators(String text) {
        assertThat(decoded(JsonType.of(Urgency.class), "\"" + text + "\""))
                .isEqualTo(Urgency.VERY_HIGH);
    }

    @Test
    void anUnknownEnumConstantIsAViolation() {
        assertThat(violations(Urgency.class, "\"high\""))
                .containsExactly(new Violation("", "one of LOW, VERY_HIGH", "\"high\""));
    }

    @Test
    @Tag("AG-31")
    void boundsAreChecked() {
        var json =
                "{\"answer\":\"a\",\"confidence\":80,\"sources\":[\"a\",\"b\",\"c\",\"d\"],\"topic\":\"X\"}";
        assertThat(violations(Finding.class, json))
                .containsExactly(
                        new Violation("/confidence", "≤ 1", "80"),
                        new Violation("/sources", "at most 3 elements", "4"),
                        new Violation("/topic", "at least 2 characters", "1"),
                        new Violation("/topic", "text that matches ^[a-z]+$", "\"X\""));
    }

    @Test
    @Tag("AG-35")
    void unknownPropertiesAreDroppedAndNotedOrRefused() {
        var json = Json.parse("{\"number\":1,\"more\":2,\"a/b\":3}");
        assertThat(JsonType.of(Loose.class).decode(json))
                .isEqualTo(
                        new Decoded.Ok<>(
                                new Loose(Optional.empty(), null, 1),
                                List.of(
                                        "dropped the unknown property /more",
                                        "dropped the unknown property /a~1b")));
        assertThat(
                        violations(JsonType.of(Loose.class).decodeStrictly(json)).stream()
                                .map(Violation::pointer))
                .containsExactly("/more", "/a~1b");
    }

    @Test
    @Tag("AG-33")
    void aSealedValueIsReadWithItsDiscriminator() {
        var type = JsonType.of(Route.class);
        assertThat(decoded(type, "{\"type\":\"Billing\",\"urgency\":\"low\"}"))
                .isEqualTo(new Route.Billing(Urgency.LOW));
        assertThat(decoded(type, "{\"urgency\":\"low\",\"type\":\"billing\"}"))
                .isEqualTo(new Route.Billing(Urgency.LOW));
        assertThat(type.encode(new Route.Billing(Urgency.LOW)).canonical())
                .isEqualTo("{\"type\":\"Billing\",\"urgency\":\"LOW\"}");
        assertThat(violations(Route.class, "{\"type\":\"Sales\"}"))
                .containsExactly(new Violation("/type", "one of Billing, Technical", "\"Sales\""));
        assertThat(violations(Route.class, "{\"type\":\"Technical\"}"))
                .containsExactly(new Violation("/component", "text", "nothing"));
    }

    sealed interface Twins {
        record Left(int a) implements Twins {}

        record Right(int a, Optional<Integer> b) implements Twins {}
    }

    @Test
    @Tag("AG-33")
    void withoutDiscriminatorExactlyOneVariantMustFit() {
        assertThat(decoded(JsonType.of(Route.class), "{\"component\":\"disk\"}"))
                .isEqualTo(new Route.Technical("disk", Optional.empty()));
        assertThat(decoded(JsonType.of(Route.class), "{\"component\":\"disk\",\"more\":1}"))
                .isEqualTo(new Route.Technical("disk", Optional.empty()));
        assertThat(decoded(JsonType.of(Twins.class), "{\"a\":1,\"b\":2}"))
                .isEqualTo(new Twins.Right(1, Optional.of(2)));
        assertThat(violations(Twins.class, "{\"a\":1}"))
                .containsExactly(new Violation("/type", "one of Left, Right", "nothing"));
        assertThat(violations(Route.class, "{}"))
                .containsExactly(new Violation("/type", "one of Billing, Technical", "nothing"));
    }

    @Test
    void deepUnmarkedVariantsEndInReasonableTime() {
        var json = "{\"value\":1}";
        for (int i = 0; i < 30; i++) json = "{\"left\":" + json + ",\"right\":{\"x\":1}}";
        assertThat(violations(Expression.class, json)).isNotEmpty();
    }

    @Discriminator("kind")
    sealed interface Kinds {
        record Typed(String type) implements Kinds {}
    }

    @Test
    @Tag("AG-33")
    void theDiscriminatorMayHaveAnotherName() {
        assertThat(JsonType.of(Kinds.class).encode(new Kinds.Typed("x")).canonical())
                .isEqualTo("{\"kind\":\"Typed\",\"type\":\"x\"}");
        assertThat(decoded(JsonType.of(Kinds.class), "{\"kind\":\"Typed\",\"type\":\"x\"}"))
                .isEqualTo(new Kinds.Typed("x"));
    }

    @Test
    @Tag("AG-30")
    void genericRecordsHaveTheSchemaOfTheirArguments() {
        var schema = JsonType.of(Book.class).schema();
        assertThat(schema.path("/properties/names/properties/items/items/type").text())
                .isEqualTo("string");
        assertThat(
                        schema.path("/properties/trees/properties/items/items/properties/name/type")
                                .text())
                .isEqualTo("string");
        var book =
                new Book(
                        new Page<>(List.of(new Tree("a", List.of())), Optional.empty()),
                        new Page<>(List.of("x"), Optional.of("y")));
        assertThat(
                        decoded(
                                JsonType.of(Book.class),
                                JsonType.of(Book.class).encode(book).canonical()))
                .isEqualTo(book);
        var outcomes = new Outcomes(new Outcome.Fine<>(Urgency.LOW), new Outcome.Poor<>("late"));
        assertThat(
                        decoded(
                                JsonType.of(Outcomes.class),
                                JsonType.of(Outcomes.class).encode(outcomes).canonical()))
                .isEqualTo(outcomes);
        assertThat(
                        violations(
                                Outcomes.class,
                                "{\"urgency\":{\"type\":\"Fine\",\"value\":1},\"number\":{\"type\":\"Fine\",\"value\":1}}"))
                .containsExactly(
                        new Violation("/urgency/value", "one of LOW, VERY_HIGH", "number"));
    }

    @Test
    @Tag("AG-35")
    void whatACompactConstructorRefusesIsAViolation() {
        assertThat(violations(Guarded.class, "{\"low\":2,\"high\":1}"))
                .containsExactly(
                        new Violation("", "low must be at most high", "{\"low\":2,\"high\":1}"));
    }

    @Test
    void typesOfTheSameClassAreEqualAndMadeOnce() {
        assertThat(JsonType.of(Tree.class))
                .isSameAs(JsonType.of(Tree.class))
                .isNotEqualTo(JsonType.of(Loose.class));
        assertThat(JsonType.listOf(Tree.class))
                .isEqualTo(JsonType.listOf(Tree.class))
                .isNotEqualTo(JsonType.of(Tree.class));
        assertThat(JsonType.text()).isEqualTo(JsonType.of(String.class));
        assertThat(
                        List.of(
                                JsonType.text().tag(),
                                JsonType.of(Json.class).tag(),
                                JsonType.of(Tree.class).tag(),
                                JsonType.listOf(Tree.class).tag()))
                .containsExactly("text", "json", "Tree", "List<Tree>");
    }

    record Doubtful(String text, double number, List<String> list) {}

    @Test
    @SuppressWarnings("NullAway") // what no checker has seen must be caught too
    void whatJsonCannotSayIsNotWritten() {
        var type = JsonType.of(Doubtful.class);
        assertThatThrownBy(() -> type.encode(new Doubtful("a", Double.NaN, List.of())))
                .hasMessageContaining("/number")
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> type.encode(new Doubtful(null, 1, List.of())))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining("/text");
        assertThatThrownBy(
                        () -> type.encode(new Doubtful("a", 1, java.util.Arrays.asList("a", null))))
                .hasMessageContaining("/list/1");
        assertThatThrownBy(
                        () -> JsonType.of(BigDecimal.class).encode(new BigDecimal("1".repeat(101))))
                .isInstanceOf(SkeinException.class);
    }

    @Test
    void valuesAreEncodedByTheirOwnClass() {
        assertThat(
                        JsonType.encodeAny(
                                        List.of(
                                                new Tree("a", List.of()),
                                                "x",
                                                1,
                                                Optional.of(Urgency.LOW),
                                                Map.of("k", Set.of(true))))
                                .canonical())
                .isEqualTo("[{\"name\":\"a\",\"children\":[]},\"x\",1,\"LOW\",{\"k\":[true]}]");
        assertThat(JsonType.encodeAny(null)).isEqualTo(Json.nothing());
        assertThatThrownBy(() -> JsonType.encodeAny(new Object()))
                .isInstanceOf(SkeinException.class);
    }

    @Test
    void anExpressionThatTakesForEverIsNotFound() {
        var type = JsonType.schema(Json.parse("{\"type\":\"string\",\"pattern\":\"^(a+)+$\"}"));
        assertThat(type.decode(Json.of("a".repeat(60) + "b"))).isInstanceOf(Decoded.Bad.class);
        assertThat(type.decode(Json.of("aaa"))).asInstanceOf(type(Decoded.Ok.class)).isNotNull();
    }
}
