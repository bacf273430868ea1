package dev.skein.models.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.json.Json;
import dev.skein.json.JsonType;
import dev.skein.json.Length;
import dev.skein.json.Range;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoweringTest {
    enum Color {
        RED
    }

    record Inner(@Length(max = 9) String text) {}

    record Report(
            @Range(min = 0, max = 1) double share,
            Optional<String> note,
            Optional<Color> color,
            Optional<Inner> inner,
            URI link,
            List<Inner> all) {}

    record Node(List<Node> children) {}

    record Free(Map<String, Integer> counts) {}

    private static Json openai(Class<?> type) {
        return Lowering.OPENAI.of(JsonType.of(type).schema()).orElseThrow();
    }

    private static Json anthropic(Class<?> type) {
        return Lowering.ANTHROPIC.of(JsonType.of(type).schema()).orElseThrow();
    }

    @Test
    void strictModeRequiresEverythingAndLetsTheOptionalBeNull() {
        var schema = openai(Report.class);
        assertThat(schema.get("required").items()).hasSize(6);
        assertThat(schema.path("/properties/note/type"))
                .isEqualTo(Json.array(List.of("string", "null")));
        assertThat(schema.path("/properties/color/enum")).isEqualTo(Json.parse("[\"RED\",null]"));
        assertThat(schema.path("/properties/share/type").text()).isEqualTo("number");
        assertThat(schema.get("additionalProperties")).isEqualTo(Json.of(false));
    }

    @Test
    void limitsThatAProviderDoesNotKnowBecomeRemarks() {
        assertThat(openai(Report.class).path("/properties/share/maximum").asLong()).isEqualTo(1);
        assertThat(openai(Report.class).path("/properties/link/description").text())
                .contains("format uri-reference");
        var share = anthropic(Report.class).path("/properties/share");
        assertThat(share.fields()).containsOnlyKeys("type", "description");
        assertThat(share.get("description").text()).contains("maximum 1", "minimum 0");
        assertThat(openai(Report.class).canonical()).doesNotContain("\"maxLength\":");
    }

    @Test
    void onlyWhatWasRequiredIsRequiredWhereThatIsAllowed() {
        assertThat(anthropic(Report.class).get("required"))
                .isEqualTo(Json.parse("[\"share\",\"link\",\"all\"]"));
    }

    @Test
    void whatReturnsToItselfCanBeSaidToOneProviderOnly() {
        var schema = JsonType.of(Node.class).schema();
        var enveloped = Envelope.isNeeded(schema) ? Envelope.schema(schema) : schema;
        assertThat(Lowering.OPENAI.of(enveloped)).isPresent();
        assertThat(Lowering.ANTHROPIC.of(enveloped)).isEmpty();
    }

    @Test
    void freeKeysCannotBeSaid() {
        assertThat(Lowering.OPENAI.of(JsonType.of(Free.class).schema())).isEmpty();
        assertThat(Lowering.ANTHROPIC.of(JsonType.of(Free.class).schema())).isEmpty();
        assertThat(Lowering.OPENAI.of(Json.parse("{\"type\":\"object\"}"))).isEmpty();
    }
}
