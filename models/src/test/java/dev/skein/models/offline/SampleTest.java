package dev.skein.models.offline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.json.Decoded;
import dev.skein.json.Json;
import dev.skein.json.JsonType;
import dev.skein.json.Length;
import dev.skein.json.Matches;
import dev.skein.json.Range;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleTest {
    private static final int SEEDS = 25;

    enum Urgency {
        LOW,
        HIGH
    }

    sealed interface Route {
        record Billing(Urgency urgency) implements Route {}

        record Technical(String component) implements Route {}
    }

    sealed interface Term {
        record Amount(int value) implements Term {}

        record Sum(Term left, Term right) implements Term {}

        record Negation(Term of) implements Term {}
    }

    record Node(String name, List<Node> children, Optional<Node> parent) {}

    record Numbers(
            int whole,
            long large,
            double real,
            byte tiny,
            BigDecimal exact,
            BigInteger huge,
            @Range(min = 0, max = 1) double share) {}

    record Times(
            Instant instant,
            OffsetDateTime offset,
            LocalDate date,
            LocalDateTime local,
            LocalTime time,
            Duration duration,
            UUID id) {}

    @SuppressWarnings("ArrayRecordComponent") // what users write
    record Texts(
            char letter,
            byte[] bytes,
            URI uri,
            @Length(min = 5, max = 7) String sized,
            @Matches("[A-Z]{2}-\\d{3,5}(x|y)?") String code,
            Optional<String> maybe,
            Json free) {}

    @SuppressWarnings("ArrayRecordComponent") // what users write
    record Groups(
            List<String> list,
            Set<Urgency> set,
            Map<String, Integer> map,
            @Length(min = 2, max = 3) List<Route> routes,
            int[] array) {}

    @ParameterizedTest
    @ValueSource(
            classes = {
                Route.class,
                Term.class,
                Node.class,
                Numbers.class,
                Times.class,
                Texts.class,
                Groups.class,
                Urgency.class,
                int.class,
                String.class
            })
    void everyVariantFitsItsType(Class<?> type) {
        var jsonType = JsonType.of(type);
        for (long seed = 0; seed < SEEDS; seed++) {
            for (int variant = 0; variant < Draw.VARIANTS; variant++) {
                var json = Sample.of(jsonType.schema(), seed * 977, variant);
                assertThat(jsonType.decodeStrictly(json))
                        .as("seed %s, variant %s: %s", seed, variant, json)
                        .isInstanceOf(Decoded.Ok.class);
            }
        }
    }

    @Test
    void theSameSeedMakesTheSameValueAndAnotherOneOften() {
        var schema = JsonType.of(Route.class).schema();
        assertThat(Sample.of(schema, 7, 0)).isEqualTo(Sample.of(schema, 7, 0));
        var many =
                LongStream.range(0, SEEDS)
                        .mapToObj(seed -> Sample.of(schema, seed * 31, 0))
                        .distinct();
        assertThat(many.count()).isGreaterThan(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^[a-z]+$",
                "\\w+@\\w+\\.(com|org)",
                "(foo|bar){2,3}",
                "[^abc]{4}",
                "a?b*c+",
                "\\d{4}-\\d{2}-\\d{2}",
                "^(?:[A-F0-9]{2}:){5}[A-F0-9]{2}$",
                "[\\w.-]{3,8}",
                "x{3,}",
                "(?<year>\\d{4})"
            })
    void aTextFitsItsPatternAndItsLength(String pattern) {
        var schema =
                Json.object("type", "string", "pattern", pattern, "minLength", 3, "maxLength", 30);
        for (int variant = 0; variant < Draw.VARIANTS; variant++) {
            var text = Sample.of(schema, 5, variant).text();
            assertThat(text).hasSizeBetween(3, 30).containsPattern(Pattern.compile(pattern));
        }
    }

    @Test
    void aPatternThatIsNotUnderstoodGetsAnyText() {
        var schema = Json.object("type", "string", "pattern", "(?=x)y");
        assertThat(Sample.of(schema, 5, 0).text()).isNotEmpty();
    }

    @Test
    void schemasOfOthersAreFollowed() {
        var schema =
                Json.parse(
                        """
                        {"type":"object","required":["a","b","c","d","e"],"properties":{
                          "a":{"$ref":"#/$defs/even"},
                          "b":{"oneOf":[{"type":"null"},{"const":"x"}]},
                          "c":{"allOf":[{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"]},
                                        {"properties":{"m":{"type":"boolean"}},"required":["m"]}]},
                          "d":{"type":["string","null"]},
                          "e":{"type":"array","items":{"type":"integer","exclusiveMinimum":2,"exclusiveMaximum":6},
                               "minItems":3,"maxItems":3,"uniqueItems":true}},
                         "$defs":{"even":{"type":"integer","multipleOf":2,"minimum":3,"maximum":9}}}\
                        """);
        var type = JsonType.schema(schema);
        for (int variant = 0; variant < Draw.VARIANTS; variant++) {
            var json = Sample.of(schema, 11, variant);
            assertThat(type.decode(json)).as("%s", json).isInstanceOf(Decoded.Ok.class);
        }
    }

    @Test
    void aSchemaThatLeadsNowhereEndsAllTheSame() {
        var endless =
                Json.parse("{\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"$ref\":\"#/$defs/a\"}}}");
        assertThat(Sample.of(endless, 1, 0)).isEqualTo(Json.nothing());
        assertThat(Sample.of(Json.parse("{\"$ref\":\"https://elsewhere\"}"), 1, 0)).isNotNull();
    }
}
