package dev.skein.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import dev.skein.failure.Violation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FreeSchemaTest {
    private static final Json ORDER =
            Json.parse(
                    """
                    {"type":"object","required":["id","lines"],"additionalProperties":false,"properties":{
                      "id":{"type":"integer","minimum":1},
                      "note":{"type":["string","null"],"maxLength":5},
                      "lines":{"type":"array","minItems":1,"items":{"$ref":"#/$defs/line"}}},
                     "$defs":{"line":{"type":"object","properties":{"kind":{"enum":["a","b"]}},"required":["kind"],"additionalProperties":false}}}
                    """);
    private static final JsonType<Json> TYPE = JsonType.schema(ORDER);

    private static List<Violation> violations(Decoded<Json> decoded) {
        return switch (decoded) {
            case Decoded.Ok<Json>(var value, _) -> throw new AssertionError("fits: " + value);
            case Decoded.Bad<Json>(var violations) -> violations;
        };
    }

    @Test
    void whatFitsComesBackAsItIs() {
        var json = Json.parse("{\"id\":7.0,\"note\":null,\"lines\":[{\"kind\":\"a\"}]}");
        assertThat(TYPE.decodeStrictly(json)).isEqualTo(new Decoded.Ok<>(json, List.of()));
        assertThat(TYPE.read("Here: " + json.canonical() + " Done."))
                .isEqualTo(new Decoded.Ok<>(json, List.of()));
        assertThat(TYPE.schema()).isEqualTo(ORDER);
        assertThat(TYPE.encode(json)).isEqualTo(json);
        assertThat(TYPE).isEqualTo(JsonType.schema(ORDER));
    }

    @Test
    void eachViolationHasItsPlace() {
        var json = Json.parse("{\"id\":0,\"note\":\"too long\",\"lines\":[{\"kind\":\"c\"},{}]}");
        assertThat(violations(TYPE.decode(json)))
                .containsExactly(
                        new Violation("/id", "≥ 1", "0"),
                        new Violation("/note", "at most 5 characters", "8"),
                        new Violation("/lines/0/kind", "one of \"a\", \"b\"", "\"c\""),
                        new Violation("/lines/1/kind", "value", "nothing"));
        assertThat(violations(TYPE.decode(Json.of("x"))))
                .containsExactly(new Violation("", "object", "text"));
        assertThat(violations(TYPE.decode(Json.parse("{\"id\":1.5,\"lines\":[]}"))))
                .containsExactly(
                        new Violation("/id", "integer", "1.5"),
                        new Violation("/lines", "at least 1 elements", "0"));
    }

    @Test
    void unknownPropertiesAreDroppedAndNotedOrRefused() {
        var json = Json.parse("{\"id\":1,\"more\":1,\"lines\":[{\"kind\":\"a\",\"x\":{}}]}");
        assertThat(TYPE.decode(json))
                .isEqualTo(
                        new Decoded.Ok<>(
                                Json.parse("{\"id\":1,\"lines\":[{\"kind\":\"a\"}]}"),
                                List.of(
                                        "dropped the unknown property /more",
                                        "dropped the unknown property /lines/0/x")));
        assertThat(violations(TYPE.decodeStrictly(json)).stream().map(Violation::pointer))
                .containsExactly("/more", "/lines/0/x");
    }

    @Test
    void ofAlternativesTheOneThatFitsWholeIsTaken() {
        var type =
                JsonType.schema(
                        Json.parse(
                                """
                                {"anyOf":[{"properties":{"a":{}},"additionalProperties":false},{"properties":{"a":{},"b":{}},"additionalProperties":false}]}\
                                """));
        assertThat(type.decode(Json.parse("{\"a\":1,\"b\":2}")))
                .isEqualTo(new Decoded.Ok<>(Json.parse("{\"a\":1,\"b\":2}"), List.of()));
        assertThat(type.decode(Json.parse("{\"a\":1,\"c\":2}")))
                .isEqualTo(
                        new Decoded.Ok<>(
                                Json.parse("{\"a\":1}"),
                                List.of("dropped the unknown property /c")));
        assertThat(violations(type.decodeStrictly(Json.parse("{\"c\":2}"))))
                .containsExactly(
                        new Violation("", "a value that fits one of 2 alternatives", "{\"c\":2}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$ref\":\"#\"}",
                "{\"allOf\":[{\"$ref\":\"#\"}]}",
                "{\"anyOf\":[{\"$ref\":\"#\"},{\"$ref\":\"#\"}]}",
                "{\"items\":{\"anyOf\":[{\"$ref\":\"#\"},{\"$ref\":\"#\"},{\"type\":\"string\"}]},\"type\":\"array\"}"
            })
    @Timeout(20)
    void aSchemaThatRunsInCirclesEndsInAViolation(String schema) {
        var json = Json.parse("[".repeat(60) + "1" + "]".repeat(60));
        assertThat(violations(JsonType.schema(Json.parse(schema)).decode(json))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "\"x\"",
                "{\"properties\":{\"a\":1}}",
                "{\"properties\":[]}",
                "{\"items\":[{}]}",
                "{\"anyOf\":{}}",
                "{\"required\":\"a\"}",
                "{\"pattern\":\"(\"}",
                "{\"patternProperties\":{\"[\":{}}}",
                "{\"$ref\":\"#/$defs/absent\"}",
                "{\"$ref\":\"https://example.test/schema\"}",
                "{\"enum\":1}"
            })
    void whatIsNoSchemaIsRefused(String schema) {
        assertThatThrownBy(() -> JsonType.schema(Json.parse(schema)))
                .isInstanceOfSatisfying(
                        SkeinException.class,
                        refused -> assertThat(refused.failure()).isInstanceOf(Invalid.Spec.class));
    }

    @Test
    void propertiesNamedLikeKeywordsAreProperties() {
        var type =
                JsonType.schema(
                        Json.parse(
                                "{\"properties\":{\"items\":{\"type\":\"string\"},\"enum\":{\"type\":\"integer\"}}}"));
        assertThat(type.decode(Json.parse("{\"items\":\"x\",\"enum\":1}")))
                .isInstanceOf(Decoded.Ok.class);
        assertThat(violations(type.decode(Json.parse("{\"items\":1,\"enum\":1}"))))
                .containsExactly(new Violation("/items", "text", "number"));
    }
}
