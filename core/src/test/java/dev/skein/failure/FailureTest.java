package dev.skein.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureTest {
    private static Stream<Arguments> wordedFirst() {
        return Stream.of(
                Arguments.of(
                        new Conflict.Name("agents", "Atlas", "ATLAS"),
                        "Agents 'Atlas' and 'ATLAS' have the same name.",
                        "Names ignore case; rename one."),
                Arguments.of(
                        new Conflict.Name("tools of 'Atlas'", "find", "find"),
                        "Two tools of 'Atlas' are named 'find'.",
                        "Rename one."),
                Arguments.of(
                        new Missing.Agent("codebt", List.of("Atlas", "CodeBot")),
                        "No agent 'codebt'. Known: Atlas, CodeBot.",
                        "Did you mean CodeBot?"),
                Arguments.of(
                        new Invalid.Type(
                                "Report.items[].raw",
                                "is Object, which has no schema",
                                "Use a record, or Json for free-form data."),
                        "Report.items[].raw is Object, which has no schema.",
                        "Use a record, or Json for free-form data."),
                Arguments.of(
                        new Invalid.Input(
                                "Input of 'billing'",
                                List.of(new Violation("/amount", "number", "text"))),
                        "Input of 'billing' at /amount: expected number, found text.",
                        "Send a value that fits the schema of what is called."),
                Arguments.of(
                        new ModelFailure.RateLimited(
                                "anthropic", Duration.ofSeconds(240), Duration.ofSeconds(31)),
                        "anthropic asks to wait 240 s; 31 s are left.",
                        "Add a fallback, raise the deadline, or try again in 240 s."),
                Arguments.of(
                        new ModelFailure.StreamBroken("anthropic", 1204, 5),
                        "The answer of anthropic broke off after 1,204 characters (5 tries).",
                        "Try again; the text is in partial work."));
    }

    private static Stream<Arguments> wordedRest() {
        return Stream.of(
                Arguments.of(
                        new Limit.Context(9100, 3000, 190_000, 195_904),
                        "Instructions 9,100 + schemas 3,000 + last message 190,000 exceed 195,904 tokens.",
                        "Shorten it, or use a model with a larger window."),
                Arguments.of(
                        new Limit.Turns("atlas", 10),
                        "'atlas' used its 10 turns without an answer.",
                        "Raise maxTurns; see the last calls in partial work."),
                Arguments.of(
                        new OutputFailure.Invalid(
                                2, List.of(new Violation("/confidence", "≤ 1", "80"))),
                        "After 2 repairs: /confidence expected ≤ 1, found 80.",
                        "See the raw text in partial work; describe the component, or simplify the type."),
                Arguments.of(
                        new Limit.Size(
                                "Result",
                                91L << 20,
                                64L << 20,
                                "bytes",
                                "Return a file reference."),
                        "Result has 91 MiB; the limit is 64 MiB.",
                        "Return a file reference."),
                Arguments.of(
                        new Conflict.Session("user:bob / atlas", "atlas", 64),
                        "64 runs wait for user:bob / atlas.",
                        "Try again later."),
                Arguments.of(
                        new RunFailure.Threw(
                                "Interceptor 'Audit'", "IllegalStateException", "no user", "7kq2"),
                        "Interceptor 'Audit' threw IllegalStateException: no user.",
                        "Fix it; the stack is in the log of run 7kq2."),
                Arguments.of(
                        new Limit.Deadline(
                                "run 'crew'", Duration.ofMillis(200), Duration.ofMillis(2500)),
                        "200 ms of run 'crew' passed (after 2.5 s).",
                        "Raise the deadline, or split the task."));
    }

    private static Stream<Arguments> worded() {
        return Stream.concat(wordedFirst(), wordedRest());
    }

    @ParameterizedTest
    @MethodSource("worded")
    void aFailureSaysWhatHappenedAndWhatToDo(Failure failure, String message, String remedy) {
        assertThat(failure.message()).isEqualTo(message);
        assertThat(failure.remedy()).isEqualTo(remedy);
    }

    @Test
    void theExceptionSaysWhatTheFailureSaysAndKeepsTheCause() {
        var cause = new IllegalStateException("why");
        var exception = new SkeinException(new RuntimeFailure.Closed(), cause);
        assertThat(exception).hasMessage("This runtime is closed.").hasCause(cause);
        assertThat(exception.failure()).isEqualTo(new RuntimeFailure.Closed());
    }

    @Test
    void everyFindingIsListed() {
        var failure = new Invalid.Config(List.of("deadline 0 s is too short", "no agent"));
        assertThat(failure.message()).isEqualTo("2 problems: deadline 0 s is too short; no agent.");
    }

    @Test
    void aLongListIsCutAndCounted() {
        var known = IntStream.range(0, 50).mapToObj(i -> "agent" + i).toList();
        assertThat(new Missing.Agent("x", known).message()).endsWith("agent19 and 30 more.");
        var violations =
                IntStream.range(0, 12).mapToObj(i -> new Violation("/" + i, "a", "b")).toList();
        assertThat(new OutputFailure.Invalid(1, violations).message())
                .endsWith("/9 expected a, found b; and 2 more.");
    }

    @Test
    void whatWasAnsweredIsShownInOneLineAndCut() {
        var violations = List.of(new Violation("/ok", "boolean", "text"));
        assertThat(new OutputFailure.Invalid(1, violations, "\nI am  80 %\nsure.").message())
                .endsWith("found text; the last answer was: I am 80 % sure.");
        assertThat(new OutputFailure.Invalid(1, violations, "x".repeat(9_999)).said())
                .hasSize(254)
                .endsWith("x…");
    }

    @Test
    void aFailureWithoutRemedyCannotBe() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Invalid.Call("bad", " "));
    }

    @Test
    void aFallbackKeepsWhatFailedBehindIt() {
        var second = new ModelFailure.Overloaded("b", 529, "busy");
        var first = new ModelFailure.BadRequest("a", "no such model").withCause(second);
        assertThat(first.cause()).contains(second);
        assertThat(first).isEqualTo(new ModelFailure.BadRequest("a", "no such model", second));
    }

    @Test
    void theNearestNamesAreFoundWhateverTheirCase() {
        assertThat(Nearest.of("serach", List.of("search", "send", "fetch")))
                .containsExactly("search");
        assertThat(Nearest.of("CODEBT", List.of("Atlas", "CodeBot"))).containsExactly("CodeBot");
        assertThat(Nearest.of("aaaa", List.of("aaab", "aaac", "aaad", "aaae"))).hasSize(3);
        assertThat(Nearest.of("zebra", List.of("atlas"))).isEmpty();
        assertThat(Nearest.of("x".repeat(100_000), List.of("x".repeat(99_999)))).isEmpty();
    }
}
