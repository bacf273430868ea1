package dev.skein.models.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.json.Json;
import dev.skein.json.JsonType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvelopeTest {
    sealed interface Route {
        record Billing(String urgency) implements Route {}

        record Technical(String component) implements Route {}
    }

    record Node(List<Node> children) {}

    private static String taken(String answer, int pieces) {
        var envelope = Envelope.around(true);
        var text = new StringBuilder();
        for (int at = 0; at < answer.length(); at += pieces)
            text.append(
                    envelope.take(answer.substring(at, Math.min(answer.length(), at + pieces))));
        return text.append(envelope.rest()).toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"value\":{\"a\":1}} | {\"a\":1}",
                "{ \"value\" : [1,2] } | [1,2]",
                "{\"value\":\"}\"} | \"}\"",
                "{\"value\":7} | 7",
                "{\"other\":1} | {\"other\":1}",
                "plain text | plain text",
                "{\"value\":{\"cut\":\"of | {\"cut\":\"of",
                "{\"val | {\"val",
            })
    void theContentIsTakenOutHoweverItIsCut(String answer, String content) {
        for (int pieces = 1; pieces <= answer.length(); pieces++)
            assertThat(taken(answer, pieces)).isEqualTo(content);
    }

    @Test
    void whereNoneIsNeededNothingIsTakenOut() {
        var envelope = Envelope.around(false);
        assertThat(envelope.take("{\"value\":1}") + envelope.rest()).isEqualTo("{\"value\":1}");
    }

    @Test
    void objectsNeedNoneAndEverythingElseDoes() {
        assertThat(Envelope.isNeeded(Json.parse("{\"type\":\"object\",\"properties\":{}}")))
                .isFalse();
        assertThat(Envelope.isNeeded(JsonType.of(Route.class).schema())).isTrue();
        assertThat(Envelope.isNeeded(JsonType.listOf(String.class).schema())).isTrue();
        assertThat(Envelope.isNeeded(JsonType.of(int.class).schema())).isTrue();
    }

    @Test
    void referencesStillLeadToWhatTheyMeant() {
        var schema = Envelope.schema(JsonType.listOf(Node.class).schema());
        assertThat(schema.get("type").text()).isEqualTo("object");
        assertThat(schema.get("$defs").fields()).isNotEmpty();
        assertThat(schema.path("/properties/value").fields()).doesNotContainKey("$defs");
        var self =
                Envelope.schema(
                        Json.parse(
                                "{\"anyOf\":[{\"type\":\"null\"},{\"type\":\"array\",\"items\":{\"$ref\":\"#\"}}]}"));
        assertThat(self.path("/properties/value/anyOf/1/items/$ref").text())
                .isEqualTo("#/properties/value");
        var value = Json.object("value", Json.array(List.of()));
        assertThat(Envelope.content(value)).isEqualTo(Json.array(List.of()));
    }
}
