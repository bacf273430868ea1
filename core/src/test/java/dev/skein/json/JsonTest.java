package dev.skein.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"z\":1,\"a\":[true,false,null,\"x\"],\"m\":{}}",
                "0.10",
                "-1.50e+10",
                "[]",
                "\"a\\nb\\\"c\\\\d\\t\\r\\u0001\"",
                "{\"ключ\":\"значение 🦢\"}",
                "123456789012345678901234567890.123456789",
                "\"\\ud800\""
            })
    void whatIsReadIsWrittenAgainAsItWas(String text) {
        assertThat(Json.parse(text).canonical()).isEqualTo(text);
        assertThat(Json.parse(Json.parse(text).toBytes())).isEqualTo(Json.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1,]",
                "{\"a\":1,}",
                "{\"a\":1,\"a\":2}",
                "NaN",
                "Infinity",
                "01",
                "+1",
                "1.",
                ".5",
                "{} x",
                "1 2",
                "'a'",
                "{a:1}",
                "// c\n1",
                "\"a\nb\"",
                "]",
                "tru",
                "[1 2]",
                "\uFEFF1"
            })
    void whatIsNoJsonToTheLetterIsRefused(String text) {
        assertThatThrownBy(() -> Json.parse(text))
                .isInstanceOfSatisfying(
                        SkeinException.class,
                        refused -> assertThat(refused.failure()).isInstanceOf(Invalid.Body.class));
    }

    @Test
    void aRefusalNamesLineAndColumn() {
        assertThatThrownBy(() -> Json.parse("{\n  \"a\": ?\n}"))
                .hasMessageStartingWith("line 2, column 8: ");
        assertThatThrownBy(() -> Json.parse("{\"a\":1,\"a\":2}"))
                .hasMessageContaining("the key 'a' is there twice");
    }

    @Test
    void depthDigitsAndTokensAreLimited() {
        assertThat(Json.parse("[".repeat(64) + "]".repeat(64)).items()).hasSize(1);
        assertThatThrownBy(() -> Json.parse("[".repeat(65) + "]".repeat(65)))
                .isInstanceOf(SkeinException.class);
        assertThat(Json.parse("1".repeat(100))).isEqualTo(new Json.Num("1".repeat(100)));
        assertThatThrownBy(() -> Json.parse("1".repeat(101))).isInstanceOf(SkeinException.class);
        assertThatThrownBy(() -> Json.parse("0." + "1".repeat(101)))
                .isInstanceOf(SkeinException.class);
        assertThatThrownBy(() -> Json.parse("[" + "1,".repeat(1_000_000) + "1]"))
                .isInstanceOf(SkeinException.class);
    }

    @Test
    void anObjectWithManyKeysIsFoundInAndRefusesDoubles() {
        var text =
                IntStream.range(0, 1000)
                        .mapToObj(i -> "\"k" + i + "\":" + i)
                        .collect(Collectors.joining(","));
        var json = Json.parse("{" + text + "}");
        assertThat(json.get("k0").asLong()).isZero();
        assertThat(json.get("k999").asLong()).isEqualTo(999);
        assertThat(json.get("k1000")).isEqualTo(Json.nothing());
        assertThat(json.fields().keySet()).startsWith("k0", "k1", "k2");
        assertThatThrownBy(() -> Json.parse("{" + text + ",\"k500\":1}"))
                .hasMessageContaining("k500");
        assertThatThrownBy(() -> Json.parse("{" + text.replace("\"k8\"", "\"k7\"") + "}"))
                .hasMessageContaining("k7");
    }

    @Test
    void objectsAreEqualInAnyOrderAndToEqualMaps() {
        assertThat(Json.parse("{\"a\":1,\"b\":2}")).isEqualTo(Json.parse("{\"b\":2,\"a\":1}"));
        assertThat(Json.parse("{\"a\":1}"))
                .hasSameHashCodeAs(new Json.Obj(Map.of("a", Json.of(1))));
        assertThat(Json.parse("{\"a\":1}")).isNotEqualTo(Json.parse("{\"a\":1.0}"));
    }

    @Test
    void laterChangesOfWhatWasPassedInChangeNothing() {
        var fields = new HashMap<String, Json>(Map.of("a", Json.of(1)));
        var items = new ArrayList<Json>(List.of(Json.of(1)));
        var object = new Json.Obj(fields);
        var array = new Json.Arr(items);
        fields.clear();
        items.clear();
        assertThat(object.canonical()).isEqualTo("{\"a\":1}");
        assertThat(array.canonical()).isEqualTo("[1]");
        assertThatThrownBy(() -> object.fields().clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void valuesOfJavaBecomeJson() {
        var json =
                Json.object(
                        "text",
                        "x",
                        "list",
                        List.of(1, 2L, 0.5, new BigDecimal("0.10")),
                        "none",
                        null,
                        "map",
                        Map.of("k", true));
        assertThat(json.canonical())
                .isEqualTo(
                        "{\"text\":\"x\",\"list\":[1,2,0.5,0.10],\"none\":null,\"map\":{\"k\":true}}");
        assertThat(json.with("text", 1).without("list").without("map").canonical())
                .isEqualTo("{\"text\":1,\"none\":null}");
        assertThatIllegalArgumentException().isThrownBy(() -> Json.of(new Object()));
        assertThatIllegalArgumentException().isThrownBy(() -> Json.of(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> Json.object("a", 1, "a", 2));
        assertThatIllegalArgumentException().isThrownBy(() -> new Json.Num("1e"));
    }

    @Test
    void accessorsAnswerForWhatIsNotThere() {
        var json =
                Json.parse(
                        "{\"a\":[{\"b\":\"x\"}],\"n\":5.0,\"big\":1e400,\"h\":1e999999999,\"~/\":1}");
        assertThat(json.get("a").at(0).get("b").text()).isEqualTo("x");
        assertThat(json.path("/a/0/b").text()).isEqualTo("x");
        assertThat(json.path("/a/1/b").isNull()).isTrue();
        assertThat(json.path("/a/x").isNull()).isTrue();
        assertThat(json.path("/~0~1").asLong()).isEqualTo(1);
        assertThat(json.get("n").asLong()).isEqualTo(5);
        assertThat(json.get("big").asLong(-1)).isEqualTo(-1);
        assertThat(json.get("h").asLong(-1)).isEqualTo(-1);
        assertThat(json.get("absent").text("none")).isEqualTo("none");
        assertThat(json.text("none")).isEqualTo("none");
        assertThat(json.get("a").asBoolean(true)).isTrue();
        assertThat(Json.of(Long.MIN_VALUE).asLong()).isEqualTo(Long.MIN_VALUE);
    }
}
