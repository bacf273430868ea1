package dev.skein.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.json.Json;
import dev.skein.json.JsonType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("WF-90")
class SignatureTest {
    enum Color {
        RED,
        BLUE
    }

    record Point(int x, int y) {}

    record Node(String name, List<Node> below) {}

    record Everything(
            String spec,
            int count,
            Color color,
            Optional<String> note,
            @Nullable Double weight,
            List<Color> colors,
            Point at) {}

    private static String of(Class<?> arguments) {
        return Signature.of("draw", JsonType.of(arguments).schema());
    }

    private static String ofSchema(String json) {
        return Signature.of("f", Json.parse(json));
    }

    @Test
    void parametersShowTypesAndWhatMayBeLeftOut() {
        assertThat(of(Everything.class))
                .isEqualTo(
                        "draw(spec: string, count: integer, color: RED|BLUE, note?: string, "
                                + "weight?: number, colors: (RED|BLUE)[], at: object)");
    }

    @Test
    void aParameterWithADefaultShowsIt() {
        assertThat(
                        ofSchema(
                                """
                                {"type":"object","properties":{"spec":{"type":"string"},
                                "priority":{"type":"integer","default":0},
                                "who":{"enum":["me","you",null],"default":"me"}},
                                "required":["spec"]}\
                                """))
                .isEqualTo("f(spec: string, priority: integer = 0, who: me|you = \"me\")");
    }

    @Test
    void nothingIsNeededForNothing() {
        assertThat(of(Empty.class)).isEqualTo("draw()");
        assertThat(ofSchema("{}")).isEqualTo("f()");
    }

    record Empty() {}

    @Test
    void typesThatContainThemselvesEnd() {
        assertThat(of(Node.class)).isEqualTo("draw(name: string, below: object[])");
        assertThat(
                        ofSchema(
                                """
                                {"properties":{"a":{"$ref":"#/$defs/A"}},
                                "$defs":{"A":{"type":"array","items":{"$ref":"#/$defs/A"}}}}\
                                """))
                .startsWith("f(a?: any[][]");
    }

    @Test
    void unionsConstantsAndFreeValuesHaveAWord() {
        assertThat(
                        ofSchema(
                                """
                                {"properties":{"a":{"anyOf":[{"type":"string"},{"type":"null"},
                                {"type":"integer"}]},"b":{"type":["boolean","null"]},
                                "c":{"const":"x"},"d":{}},"required":["a","b","c","d"]}\
                                """))
                .isEqualTo("f(a: string|integer, b: boolean, c: x, d: any)");
    }
}
