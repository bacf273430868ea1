package dev.skein.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.json.Decoded;
import dev.skein.json.Description;
import dev.skein.json.Json;
import dev.skein.json.JsonType;
import dev.skein.json.Length;
import dev.skein.json.Range;
import dev.skein.testkit.ChatModelContract.Trait;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Typed answers: the provider accepts the request, is told the schema in a form that it takes, and
 * what comes back is read as the value.
 */
abstract class ModelOutputCases extends ModelAnswerCases {
    record Plain(String name, int age, boolean wild) {}

    record Nested(Plain bird, List<Plain> flock) {}

    record Maybe(String name, Optional<String> nick, Optional<Plain> friend) {}

    enum Kind {
        GOOSE,
        SWAN
    }

    record Kinded(Kind kind, List<Kind> others) {}

    sealed interface Shape {
        record Circle(int radius) implements Shape {}

        record Square(int side) implements Shape {}
    }

    record Drawing(String title, Shape shape) {}

    @Description("A bird within bounds.")
    record Bounded(
            @Range(min = 1, max = 5) int stars,
            @Length(min = 1, max = 20) String title,
            @Description("In USD.") BigDecimal price) {}

    record Counted(Map<String, Integer> counts) {}

    record Tree(String name, List<Tree> children) {}

    record Dated(Instant at) {}

    @Test
    void aPlainRecordIsTyped() throws Exception {
        typed(JsonType.of(Plain.class), new Plain("Größe 雁", 3, true));
    }

    @Test
    void recordsAndListsInRecordsAreTyped() throws Exception {
        var bird = new Plain("Akka", 40, true);
        typed(JsonType.of(Nested.class), new Nested(bird, List.of(bird, bird)));
    }

    @Test
    void whatMayBeAbsentMayBeAbsent() throws Exception {
        typed(JsonType.of(Maybe.class), new Maybe("Akka", Optional.empty(), Optional.empty()));
    }

    @Test
    void whatMayBeAbsentMayBeThere() throws Exception {
        var friend = new Plain("Nils", 14, false);
        typed(JsonType.of(Maybe.class), new Maybe("Akka", Optional.of("A"), Optional.of(friend)));
    }

    @Test
    void constantsAreTyped() throws Exception {
        typed(JsonType.of(Kinded.class), new Kinded(Kind.GOOSE, List.of(Kind.SWAN)));
    }

    @Test
    void alternativesAreTyped() throws Exception {
        typed(JsonType.of(Drawing.class), new Drawing("one", new Shape.Circle(2)));
    }

    @Test
    void alternativesAtTheTopAreTyped() throws Exception {
        typed(JsonType.of(Shape.class), new Shape.Square(3));
    }

    @Test
    void boundsAndDescriptionsDoNotHinder() throws Exception {
        typed(JsonType.of(Bounded.class), new Bounded(5, "good", new BigDecimal("0.10")));
    }

    @Test
    void mapsAreTyped() throws Exception {
        typed(JsonType.of(Counted.class), new Counted(Map.of("geese", 7)));
    }

    @Test
    void typesInThemselvesAreTyped() throws Exception {
        var leaf = new Tree("leaf", List.of());
        typed(JsonType.of(Tree.class), new Tree("root", List.of(leaf, leaf)));
    }

    @Test
    void listsAtTheTopAreTyped() throws Exception {
        typed(JsonType.listOf(Plain.class), List.of(new Plain("Akka", 40, true)));
    }

    @Test
    void momentsAreTyped() throws Exception {
        typed(JsonType.of(Dated.class), new Dated(Instant.parse("2026-03-02T09:00:00.000000001Z")));
    }

    @Test
    void schemasThatAreDataAreTyped() throws Exception {
        var schema =
                Json.parse(
                        """
                        {"type":"object","properties":{"name":{"type":"string"}},
                         "required":["name"],"additionalProperties":false}\
                        """);
        typed(JsonType.schema(schema), Json.object("name", "Akka"));
    }

    @Test
    void theSchemaIsSent() throws Exception {
        needs(Trait.SCHEMA);
        eachWay(bench -> {
            bench.wire().replies("{\"name\":\"Akka\",\"age\":40,\"wild\":true}");
            bench.ask(ModelBench.output(JsonType.of(Plain.class)));
            assertThat(SentSchema.of(bench.seen()).fields()).isNotEmpty();
        });
    }

    private <T> void typed(JsonType<T> type, T value) throws Exception {
        eachWay(bench -> {
            bench.wire().script(seen -> Reply.text(SentSchema.fit(seen, type.encode(value))));
            var answer = bench.ask(ModelBench.output(type));
            assertThat(type.read(answer.text()))
                    .as(answer.text())
                    .isInstanceOfSatisfying(
                            Decoded.Ok.class, ok -> assertThat(ok.value()).isEqualTo(value));
            assertThat(answer.heardText()).isIn("", answer.text());
        });
    }
}
