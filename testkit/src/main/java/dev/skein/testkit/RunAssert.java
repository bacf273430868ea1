package dev.skein.testkit;

import dev.skein.agent.RunResult;
import dev.skein.event.Entry;
import dev.skein.event.Event;
import dev.skein.event.Journal;
import dev.skein.event.RunStatus;
import dev.skein.json.Json;
import dev.skein.json.JsonType;
import dev.skein.model.Cost;
import dev.skein.model.Money;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions on a run. One that fails says what was expected, what was found, and tells the run.
 *
 * <p>Calls, texts and repairs are known from a result alone, of its finished turns. What only
 * entries tell (model calls, approvals, entries, agents below) needs a {@link TestRun} with a
 * journal; without one these assertions fail and say so.
 *
 * @param <O> what the run gives back; {@link Json} when it is looked at through a journal
 */
public final class RunAssert<O> extends AbstractAssert<RunAssert<O>, TestRun> {
    RunAssert(TestRun run) {
        super(run, RunAssert.class);
    }

    /** It ended with an output. */
    public RunAssert<O> isCompleted() {
        return ended(RunStatus.COMPLETED);
    }

    /** Somebody ended it. */
    public RunAssert<O> isCanceled() {
        return ended(RunStatus.CANCELED);
    }

    /** It failed, or was rejected, with a failure of that code, such as {@code limit.turns}. */
    public RunAssert<O> failedWith(String code) {
        var failure = ending().failure();
        return check(
                failure != null && failure.code().equals(code),
                "failed (" + code + ")",
                ending().how());
    }

    /** It gave back an equal value; an encoded one where only the journal is known. */
    public RunAssert<O> hasOutput(Object expected) {
        var found = output();
        var wanted = found instanceof Json ? JsonType.encodeAny(expected) : expected;
        return check(found.equals(wanted), "output " + wanted, "output " + found);
    }

    /** What it gave back satisfies these assertions. */
    @SuppressWarnings("unchecked") // a run's output is an O: entry points see to it
    public RunAssert<O> outputSatisfies(Consumer<? super O> assertions) {
        var output = (O) output();
        try {
            assertions.accept(output);
        } catch (AssertionError e) {
            throw failure("%s%n%s", e.getMessage(), actual.story());
        }
        return this;
    }

    /** It used so many turns. */
    public RunAssert<O> hasTurns(int turns) {
        return check(
                ending().turns() == turns,
                Story.counted(turns, "turn"),
                Story.counted(ending().turns(), "turn"));
    }

    /** The model was told so often that its answer does not fit. */
    public RunAssert<O> hasRepairs(int repairs) {
        return counted(repairs, "repair", Beat.Repaired.class);
    }

    /** Models were asked so often, tries that failed included. Needs a journal. */
    public RunAssert<O> hasModelCalls(int calls) {
        entries();
        return counted(calls, "model call", Beat.Turn.class);
    }

    /** The model asked for that tool at least once, whatever came of it. */
    public RunAssert<O> called(String tool) {
        var found = calls();
        return check(found.contains(tool), "a call of " + tool, "calls of " + found);
    }

    /** The model asked for that tool so often, whatever came of it. */
    public RunAssert<O> called(String tool, int times) {
        long found = calls().stream().filter(tool::equals).count();
        return check(
                found == times,
                Story.counted(times, "call") + " of " + tool,
                Story.counted(found, "call") + " of " + tool);
    }

    /** These tools were asked for in this order; others may have been in between. */
    public RunAssert<O> calledInOrder(String... tools) {
        return check(
                inOrder(calls(), List.of(tools)),
                "calls in this order: " + Arrays.toString(tools),
                "calls of " + calls());
    }

    /** None of these tools was ever asked for. */
    public RunAssert<O> neverCalled(String... tools) {
        var found = calls();
        return check(
                Arrays.stream(tools).noneMatch(found::contains),
                "no call of " + String.join(", ", tools),
                "calls of " + found);
    }

    /**
     * A call of that tool was refused with a failure of that code. Without a journal any error
     * result that begins with the code counts.
     */
    public RunAssert<O> refused(String tool, String code) {
        Predicate<Beat> refused =
                beat ->
                        switch (beat) {
                            case Beat.Refused(_, var name, var found, _) ->
                                    name.equals(tool) && found.equals(code);
                            case Beat.Returned(_, var name, var text, var error) ->
                                    actual.journal().isEmpty()
                                            && error
                                            && name.equals(tool)
                                            && text.startsWith(code + ":");
                            case Beat _ -> false;
                        };
        return check(
                actual.beats().stream().anyMatch(refused),
                tool + " refused with " + code,
                "no such refusal");
    }

    /** Somebody was asked whether that tool may be called. Needs a journal. */
    public RunAssert<O> askedApproval(String tool) {
        entries();
        return check(
                actual.beats().stream()
                        .anyMatch(beat ->
                                beat instanceof Beat.Asked(var name, _) && name.equals(tool)),
                "a question whether " + tool + " may be called",
                "no such question");
    }

    /** Input and output tokens of the run and all below it are at most so many. */
    public RunAssert<O> usedAtMost(long tokens) {
        long found = ending().usage().total();
        return check(
                found <= tokens,
                "at most " + Story.counted(tokens, "token"),
                Story.counted(found, "token"));
    }

    /** It cost no more than that, such as {@code "0.10 USD"}, and every price is known. */
    public RunAssert<O> costAtMost(String amount) {
        var most = Money.parse(amount);
        var cost = ending().usage().cost();
        var money = cost.money();
        boolean currency = money.nanos() == 0 || money.currency().equals(most.currency());
        return check(
                cost instanceof Cost.Known && currency && money.nanos() <= most.nanos(),
                "a cost of at most " + most,
                cost instanceof Cost.AtLeast(_, var unpriced)
                        ? "at least " + money + "; no price is known of " + unpriced
                        : money.toString());
    }

    /** It took exactly that long by the runtime's clock: for runs by a {@link ManualClock}. */
    public RunAssert<O> tookVirtual(Duration time) {
        return check(
                ending().took().equals(time), time.toString(), String.valueOf(ending().took()));
    }

    /**
     * The run and those below it were of these agents, in order of their start. Needs a journal.
     */
    public RunAssert<O> ranAgents(String... agents) {
        entries();
        return check(
                actual.agents().equals(List.of(agents)),
                "agents " + Arrays.toString(agents),
                "agents " + actual.agents());
    }

    /** Entries of these kinds came in this order; others may be in between. Needs a journal. */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public final RunAssert<O> hasEntries(Class<? extends Event>... kinds) {
        var found = entries().stream().<Class<?>>map(entry -> entry.event().getClass()).toList();
        return check(
                inOrder(found, List.of(kinds)), "entries " + names(List.of(kinds)), names(found));
    }

    /**
     * The model never said a text that contains this, nor gave it back, nor wrote it in arguments.
     */
    public RunAssert<O> neverSaid(String text) {
        var said =
                actual.beats().stream()
                        .map(RunAssert::words)
                        .filter(words -> words.contains(text))
                        .findFirst();
        return check(said.isEmpty(), "never said: " + text, "said: " + Story.cut(said.orElse("")));
    }

    /** That value is nowhere in result, entries and kept texts, neither plain nor encoded. */
    public RunAssert<O> noSecret(String value) {
        var result = actual.result().map(String::valueOf).orElse("");
        var found = Disguises.in(result, value).map(form -> form + " in the result");
        for (var entry : actual.entries())
            if (found.isEmpty()) found = JournalAssert.secretIn(entry, journal(), value);
        return check(found.isEmpty(), "no secret", "the secret, " + found.orElse(""));
    }

    private RunAssert<O> ended(RunStatus status) {
        return check(
                ending().status() == status,
                status.name().toLowerCase(Locale.ROOT),
                ending().how());
    }

    private Ending ending() {
        return actual.ending()
                .orElseThrow(() -> failed("a run that has ended", "one that has not"));
    }

    private Object output() {
        if (actual.result().orElse(null) instanceof RunResult.Completed<?>(var output, _))
            return output;
        return actual.output()
                .<Object>map(json -> json)
                .orElseThrow(() -> failed("an output", ending().how()));
    }

    private Journal journal() {
        return actual.journal()
                .orElseThrow(() ->
                        failed(
                                "a run with its journal: TestRun.of(result, journal)",
                                "a result alone"));
    }

    private List<Entry> entries() {
        journal();
        return actual.entries();
    }

    private List<String> calls() {
        return actual.beats().stream()
                .map(beat -> beat instanceof Beat.Called(_, var tool, _) ? tool : "")
                .filter(tool -> !tool.isEmpty())
                .toList();
    }

    private RunAssert<O> counted(int expected, String what, Class<? extends Beat> kind) {
        long found = actual.beats().stream().filter(kind::isInstance).count();
        return check(found == expected, Story.counted(expected, what), Story.counted(found, what));
    }

    private static String words(Beat beat) {
        return switch (beat) {
            case Beat.Said(var text) -> text;
            case Beat.Called(_, _, var arguments) -> arguments;
            case Beat _ -> "";
        };
    }

    static <T> boolean inOrder(List<? extends T> found, List<? extends T> wanted) {
        var left = wanted.iterator();
        Optional<T> next = left.hasNext() ? Optional.of(left.next()) : Optional.empty();
        for (var one : found)
            if (next.isPresent() && one.equals(next.get()))
                next = left.hasNext() ? Optional.of(left.next()) : Optional.empty();
        return next.isEmpty();
    }

    private static String names(List<? extends Class<?>> kinds) {
        return kinds.stream().map(Class::getSimpleName).toList().toString();
    }

    private RunAssert<O> check(boolean holds, String expected, String found) {
        if (!holds) throw failed(expected, found);
        return this;
    }

    private AssertionError failed(String expected, String found) {
        return failure("%nExpected: %s%nFound:    %s%n%s", expected, found, actual.story());
    }
}
