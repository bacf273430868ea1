package dev.skein.testkit;

import dev.skein.agent.RunResult;
import dev.skein.event.Journal;
import dev.skein.json.Json;
import dev.skein.model.Message;
import java.util.List;

/**
 * Where assertions on runs, journals and conversations begin. May be imported beside AssertJ's own.
 *
 * <pre>{@code
 * import static dev.skein.testkit.SkeinAssertions.assertThat;
 *
 * assertThat(result).isCompleted().hasTurns(2).called("search", 1).neverCalled("refund");
 * }</pre>
 */
public final class SkeinAssertions {
    private SkeinAssertions() {}

    /** On a run that is over. What only its entries tell needs a {@link TestRun}. */
    public static <O> RunAssert<O> assertThat(RunResult<O> result) {
        return new RunAssert<>(TestRun.of(result));
    }

    /** On a run with its entries. */
    public static RunAssert<Json> assertThat(TestRun run) {
        return new RunAssert<>(run);
    }

    /** On everything that a runtime recorded. */
    public static JournalAssert assertThat(Journal journal) {
        return new JournalAssert(journal);
    }

    /** On a conversation. */
    public static MessageListAssert assertThat(List<Message> messages) {
        return new MessageListAssert(messages);
    }
}
