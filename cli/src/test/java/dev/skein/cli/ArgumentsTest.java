package dev.skein.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import dev.skein.json.JsonType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("WF-88")
class ArgumentsTest {
    enum Color {
        RED,
        BLUE
    }

    record Place(String city, int floor) {}

    record Task(
            String spec,
            Optional<Integer> priority,
            Optional<BigDecimal> price,
            Optional<Boolean> urgent,
            Optional<Color> color,
            Optional<Place> place,
            Optional<List<String>> tags) {}

    record Nothing() {}

    private static String read(Class<?> type, String... words) {
        return new Arguments(JsonType.of(type).schema()).read(List.of(words)).canonical();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "spec=write tests | {\"spec\":\"write tests\"}",
                "spec=3           | {\"spec\":\"3\"}",
                "spec=            | {\"spec\":\"\"}",
                "spec=a=b         | {\"spec\":\"a=b\"}",
                "spec={}          | {\"spec\":\"{}\"}",
                "spec:=\"x\"      | {\"spec\":\"x\"}"
            })
    void aTextIsTakenAsItIs(String word, String expected) {
        assertThat(read(Task.class, word)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "priority=3          | {\"spec\":\"x\",\"priority\":3}",
                "priority=-7         | {\"spec\":\"x\",\"priority\":-7}",
                "price=0.10          | {\"spec\":\"x\",\"price\":0.10}",
                "urgent=true         | {\"spec\":\"x\",\"urgent\":true}",
                "color=RED           | {\"spec\":\"x\",\"color\":\"RED\"}",
                "priority:=null      | {\"spec\":\"x\",\"priority\":null}",
                "tags=[\"a\",\"b\"]  | {\"spec\":\"x\",\"tags\":[\"a\",\"b\"]}",
                "tags=plain          | {\"spec\":\"x\",\"tags\":\"plain\"}",
                "place={\"city\":\"Ulm\",\"floor\":2} |"
                        + " {\"spec\":\"x\",\"place\":{\"city\":\"Ulm\",\"floor\":2}}"
            })
    void anythingElseIsReadAsTheSchemaSays(String word, String expected) {
        assertThat(read(Task.class, "spec=x", word)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "priority=high | priority: expected integer, found \"high\"",
                "priority=3.5  | priority: expected integer, found \"3.5\"",
                "price=much    | price: expected number, found \"much\"",
                "urgent=yes    | urgent: expected true or false, found \"yes\"",
                "color=green   | color: expected RED|BLUE, found \"green\"",
                "spec=again    | spec: expected one value, found two",
                "spec          | 'spec': expected key=value, found no =",
                "=x            | '=x': expected key=value, found no key",
                ":=1           | ':=1': expected key=value, found no key",
                "priority:=x   | priority: expected JSON, found \"x\"",
                "prio=1        | 'prio': expected spec or priority"
            })
    void aWordThatDoesNotFitIsNamed(String word, String problem) {
        assertThatThrownBy(() -> read(Task.class, "spec=x", word))
                .isInstanceOf(SkeinException.class)
                .hasMessageStartingWith(problem)
                .extracting(thrown -> ((SkeinException) thrown).failure().code())
                .isEqualTo("invalid.input");
    }

    @Test
    void whatIsRequiredMustBeThere() {
        assertThatThrownBy(() -> read(Task.class, "priority=1"))
                .hasMessageContaining("spec: expected a value, found none");
    }

    @Test
    void anEndpointWithoutArgumentsTakesNone() {
        assertThat(read(Nothing.class)).isEqualTo("{}");
        assertThatThrownBy(() -> read(Nothing.class, "x=1"))
                .hasMessageContaining("expected no arguments");
    }

    @Test
    void anOpenSchemaTakesWhatIsJsonAsJson() {
        assertThat(new Arguments(Json.object()).read(List.of("a=1", "b=x")).canonical())
                .isEqualTo("{\"a\":1,\"b\":\"x\"}");
        var numbers = JsonType.of(Numbers.class).schema().path("/properties/all");
        assertThat(new Arguments(numbers).read(List.of("a=1")).canonical()).isEqualTo("{\"a\":1}");
        assertThatThrownBy(() -> new Arguments(numbers).read(List.of("a=x")))
                .hasMessageContaining("a: expected integer");
    }

    record Numbers(Map<String, Integer> all) {}
}
