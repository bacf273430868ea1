package dev.skein.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.failure.Failure;
import dev.skein.failure.Invalid;
import dev.skein.failure.Limit;
import dev.skein.failure.ModelFailure;
import dev.skein.failure.RunFailure;
import dev.skein.failure.SkeinException;
import dev.skein.failure.ToolFailure;
import dev.skein.failure.Unrecognized;
import dev.skein.failure.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The list of failures is whole, and each of them is the same after a journey. */
class FailureJsonTest {
    private static final long SEED = System.nanoTime();

    private static List<Class<?>> kinds() {
        return kinds(Failure.class).filter(kind -> kind != Unrecognized.class).toList();
    }

    private static Stream<Class<?>> kinds(Class<?> group) {
        return Arrays.stream(group.getPermittedSubclasses())
                .flatMap(kind -> kind.isInterface() ? kinds(kind) : Stream.of(kind));
    }

    /** A line of the list: the code, and whether it is retryable: yes, no, or as it says. */
    private record Listed(String code, String retryable) {}

    private static List<Listed> listed() {
        try (var in = Objects.requireNonNull(Failure.class.getResourceAsStream("codes.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split(" ", -1))
                    .map(words -> new Listed(words[0], words[1]))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Failure any(Class<?> kind, RandomGenerator random, int causes) {
        var components = kind.getRecordComponents();
        var values =
                Arrays.stream(components)
                        .map(component -> anyValue(component, random, causes))
                        .toArray();
        try {
            var types =
                    Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new);
            return (Failure) kind.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException refused) {
            throw new LinkageError(kind.getName(), refused);
        }
    }

    private static Object anyValue(RecordComponent component, RandomGenerator random, int causes) {
        return switch (component.getGenericType().getTypeName()) {
            case "java.lang.String" -> anyText(random);
            case "int" -> random.nextInt(1, 1_000_000);
            case "long" -> random.nextLong(1, 1L << 60);
            case "boolean" -> random.nextBoolean();
            case "java.time.Duration" -> Duration.ofNanos(random.nextLong(1L << 50));
            case "java.util.List<java.lang.String>" ->
                    Stream.generate(() -> anyText(random)).limit(random.nextInt(40)).toList();
            case "java.util.List<dev.skein.failure.Violation>" ->
                    Stream.generate(() ->
                                    new Violation(
                                            "/" + anyText(random),
                                            anyText(random),
                                            anyText(random)))
                            .limit(random.nextInt(1, 40))
                            .toList();
            case "java.util.List<dev.skein.failure.Failure>" ->
                    Stream.generate(() -> (Failure) new Limit.Turns(anyText(random), 1))
                            .limit(random.nextInt(16))
                            .toList();
            case "dev.skein.failure.Failure" ->
                    causes < 3
                            ? any(kinds().get(random.nextInt(kinds().size())), random, causes + 1)
                            : new Limit.Turns("a", 1);
            default -> throw new AssertionError("a fact of another type: " + component);
        };
    }

    private static String anyText(RandomGenerator random) {
        var text = new StringBuilder("x");
        for (int i = random.nextInt(random.nextInt(10) == 0 ? 4000 : 20); i > 0; i--)
            text.appendCodePoint(random.nextInt(random.nextBoolean() ? 0x80 : 0xd800));
        return text.toString();
    }

    @Test
    void theListIsWhole() {
        var random = RandomGenerator.of("L64X128MixRandom");
        var codes = kinds().stream().map(kind -> any(kind, random, 0).code()).toList();
        assertThat(codes)
                .containsExactlyInAnyOrderElementsOf(listed().stream().map(Listed::code).toList())
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void eachFailureIsTheSameAfterAJourney(Class<?> kind) {
        var random = new java.util.Random(SEED ^ kind.getName().hashCode());
        for (int i = 0; i < 30; i++) {
            var failure = any(kind, random, 0);
            assertThat(FailureJson.decode(Json.parse(FailureJson.encode(failure).toBytes())))
                    .as("seed %d", SEED)
                    .isEqualTo(failure);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void eachFailureSaysWhatHappenedAndWhatToDoWithinItsLimits(Class<?> kind) {
        var random = new java.util.Random(SEED ^ kind.getName().hashCode());
        for (int i = 0; i < 30; i++) {
            var failure = any(kind, random, 0);
            assertThat(failure.message()).as("seed %d", SEED).isNotBlank();
            assertThat(failure.remedy()).as("seed %d", SEED).isNotBlank();
            assertThat(failure.message().getBytes(StandardCharsets.UTF_8).length)
                    .as("seed %d", SEED)
                    .isLessThanOrEqualTo(2048);
            assertThat(failure.remedy().getBytes(StandardCharsets.UTF_8).length)
                    .as("seed %d", SEED)
                    .isLessThanOrEqualTo(1024);
        }
    }

    @Test
    void whatMayBeTriedAgainIsAsListed() {
        var random = new java.util.Random(SEED);
        for (var kind : kinds()) {
            var seen = new ArrayList<Boolean>();
            for (int i = 0; i < 40; i++) seen.add(any(kind, random, 0).retryable());
            var code = any(kind, random, 0).code();
            var listed =
                    listed().stream()
                            .filter(line -> line.code().equals(code))
                            .findFirst()
                            .orElseThrow();
            switch (listed.retryable()) {
                case "yes" -> assertThat(seen).as(code).containsOnly(true);
                case "no" -> assertThat(seen).as(code).containsOnly(false);
                default -> assertThat(seen).as(code).contains(true, false);
            }
        }
    }

    @Test
    void aFailureOnTheWireHasItsSixFields() {
        var cause = new ToolFailure.Failed("pay", "no money");
        var json = FailureJson.encode(new RunFailure.NodeFailed("checker", "crew", cause));
        assertThat(json.canonical())
                .isEqualTo(
                        """
                        {"code":"run.node_failed","message":"Node 'checker' of graph 'crew' failed: Tool 'pay' failed: no money.",\
                        "remedy":"See the cause, or say what follows a failure of the node.","retryable":false,\
                        "data":{"node":"checker","graph":"crew"},"cause":{"code":"tool.failed","message":"Tool 'pay' failed: no money.",\
                        "remedy":"Correct the arguments, or do without it.","retryable":false,\
                        "data":{"tool":"pay","problem":"no money"},"cause":null}}\
                        """);
    }

    @Test
    void controlCharactersAreEscaped() {
        var text = FailureJson.encode(new Invalid.Call("a\u001b[31m\n\u009b", "b")).canonical();
        assertThat(text.chars()).allMatch(c -> c >= ' ' && (c < 0x7f || c > 0x9f));
    }

    @Test
    void anUnknownFailureTravelsOnUnchanged() {
        var text =
                """
                {"code":"moon.full","message":"m","remedy":"","retryable":true,"data":{"x":[1.50,null]},"cause":null,"more":1}\
                """;
        var failure = FailureJson.decode(Json.parse(text));
        assertThat(failure).isInstanceOf(Unrecognized.class);
        assertThat(failure.code()).isEqualTo("moon.full");
        assertThat(failure.retryable()).isTrue();
        assertThat(failure.remedy()).isNotBlank();
        assertThat(FailureJson.encode(failure).canonical()).isEqualTo(text);
        assertThat(FailureJson.decode(FailureJson.encode(failure))).isEqualTo(failure);
    }

    @Test
    void anUnknownCauseTravelsOnUnchanged() {
        var unknown =
                FailureJson.decode(
                        Json.object(
                                "code",
                                "moon.full",
                                "message",
                                "m",
                                "remedy",
                                "r",
                                "retryable",
                                false,
                                "facts",
                                7));
        var failure = new ModelFailure.BadRequest("a", "b").withCause(unknown);
        assertThat(FailureJson.decode(FailureJson.encode(failure))).isEqualTo(failure);
    }

    @Test
    void aKnownCodeWithOtherFactsIsUnknown() {
        var json = FailureJson.encode(new Limit.Turns("a", 3));
        var other = ((Json.Obj) json).with("data", Json.object("agent", "a"));
        assertThat(FailureJson.decode(other)).isInstanceOf(Unrecognized.class);
        assertThat(FailureJson.encode(FailureJson.decode(other))).isEqualTo(other);
    }

    @Test
    void causesAreKeptToADepthOfEight() {
        Failure chain = new Limit.Turns("innermost", 1);
        for (int i = 0; i < 12; i++) chain = new RunFailure.NodeFailed("n" + i, "g", chain);
        var back = FailureJson.decode(FailureJson.encode(chain));
        int depth = 0;
        for (var at = back; at.cause().isPresent(); at = at.cause().get()) depth++;
        assertThat(depth).isEqualTo(8);
    }

    @Test
    void whatIsNoFailureIsRefused() {
        assertThatThrownBy(() -> FailureJson.decode(Json.of("x")))
                .isInstanceOf(SkeinException.class);
        assertThatThrownBy(() -> FailureJson.decode(Json.object()))
                .isInstanceOf(SkeinException.class);
    }

    @Test
    @SuppressWarnings("NullAway") // a broken program must still be able to say why it failed
    void aFailureWithABrokenFactIsStillSaid() {
        var json = FailureJson.encode(new Limit.Turns(null, 3));
        assertThat(json.get("code").text()).isEqualTo("limit.turns");
        assertThat(FailureJson.decode(json)).isInstanceOf(Unrecognized.class);
    }
}
