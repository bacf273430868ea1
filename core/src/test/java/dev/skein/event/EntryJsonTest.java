package dev.skein.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import dev.skein.name.Namespace;
import dev.skein.tool.TrustLevel;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryJsonTest {
    private static final long SEED = System.nanoTime();
    private static final Origin ORIGIN =
            new Origin(
                    "7k2m",
                    "7k2m",
                    null,
                    "pool",
                    Namespace.standard(),
                    "pool",
                    new Trace("4b".repeat(16), "0f".repeat(8)));

    private static List<Class<?>> kinds() {
        System.out.println("EntryJsonTest seed " + SEED);
        return AnyEntries.kinds();
    }

    private static Entry entry(Event event) {
        return new Entry(7, 3, ORIGIN, Instant.parse("2026-03-02T10:14:07Z"), event);
    }

    private static Json foreign(String type) {
        return EntryJson.encode(entry(new Event.Emitted("x", Json.nothing())))
                .without("event_type")
                .with("type", type);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    @Tag("JS-04")
    void whatIsWrittenOfAnyKindIsReadAsTheSame(Class<?> kind) {
        var any = new AnyEntries(new Random(SEED));
        for (int i = 0; i < 200; i++) {
            var entry = any.entry(kind);
            var line = EntryJson.encode(entry).canonical();
            assertThat(line).doesNotContain("\n");
            assertThat(EntryJson.decode(Json.parse(line))).isEqualTo(entry);
        }
    }

    @Test
    void fieldsStandBesideWhoWhereAndWhen() {
        var started = entry(new RunEvent.RunStarted("workflow", 1, TrustLevel.MEDIUM));
        assertThat(EntryJson.encode(started).canonical())
                .isEqualTo(
                        "{\"seq\":7,\"number\":3,\"at\":\"2026-03-02T10:14:07Z\",\"run\":\"7k2m\","
                                + "\"root\":\"7k2m\",\"parent\":null,\"agent\":\"pool\","
                                + "\"namespace\":\"default\",\"path\":\"pool\",\"trace\":\""
                                + "4b".repeat(16)
                                + "\",\"span\":\""
                                + "0f".repeat(8)
                                + "\",\"type\":\"run_started\",\"backend\":\"workflow\","
                                + "\"attempt\":1,\"trust\":\"MEDIUM\"}");
    }

    @Test
    void aFieldWhoseNameIsTakenSaysThatItIsTheEvents() {
        var json = EntryJson.encode(entry(new Event.Emitted("progress", Json.object("done", 3))));
        assertThat(json.get("type").text()).isEqualTo("emitted");
        assertThat(json.get("event_type").text()).isEqualTo("progress");
        var bubbled = entry(new WorkflowEvent.Bubbled(null, "other", "pool/t1", 12));
        assertThat(EntryJson.encode(bubbled).get("event_run").text()).isEqualTo("other");
        assertThat(EntryJson.encode(bubbled).get("run").text()).isEqualTo("7k2m");
    }

    @ParameterizedTest
    @ValueSource(strings = {"timer_set", "RunStarted", "emitted.v2", "unknown.x"})
    @Tag("JS-04")
    void aKindThatIsNotKnownIsKeptAndWrittenBackAsItWas(String type) {
        var json = ((Json.Obj) foreign(type)).with("due", "2026-01-01").with("deep", List.of(1));
        var entry = EntryJson.decode(json);
        assertThat(entry.event())
                .isInstanceOfSatisfying(
                        Event.Emitted.class,
                        emitted -> {
                            assertThat(emitted.type()).isEqualTo("unknown." + type);
                            assertThat(emitted.data().get("due").text()).isEqualTo("2026-01-01");
                        });
        assertThat(EntryJson.encode(entry)).isEqualTo(json);
    }

    @Test
    @Tag("JS-04")
    void aKnownKindWithFieldsThatDoNotFitIsKept() {
        var entry = EntryJson.decode(((Json.Obj) foreign("run_started")).with("attempt", "one"));
        assertThat(entry.event())
                .isInstanceOfSatisfying(
                        Event.Emitted.class,
                        emitted -> assertThat(emitted.type()).isEqualTo("unknown.run_started"));
        assertThat(EntryJson.decode(EntryJson.encode(entry))).isEqualTo(entry);
    }

    @Test
    void aProgramsOwnEventThatLooksLikeAnUnknownOneIsReadAsItself() {
        for (var data : List.of(Json.of(3), Json.object("seq", 1), Json.object("a", 1)))
            for (var type : List.of("unknown.run_started", "unknown.other", "unknown.")) {
                var entry = entry(new Event.Emitted(type, data));
                assertThat(EntryJson.decode(EntryJson.encode(entry))).isEqualTo(entry);
            }
    }

    @Test
    void whatIsNoEntryIsRefused() {
        for (var json : List.of(Json.nothing(), Json.of("x"), Json.object(), foreign("")))
            assertThatThrownBy(() -> EntryJson.decode(json))
                    .isInstanceOf(SkeinException.class)
                    .hasMessageContaining("entry");
        var timeless = ((Json.Obj) foreign("x")).with("at", "noon");
        assertThatThrownBy(() -> EntryJson.decode(timeless)).isInstanceOf(SkeinException.class);
    }
}
