package dev.skein.harness;

import dev.skein.failure.Failure;
import dev.skein.json.Json;
import org.jspecify.annotations.Nullable;

/** What an agent did. */
public sealed interface Report {
    /**
     * It can be told something from now on.
     *
     * @param version of its program, for people
     */
    record Ready(String version) implements Report {}

    /** A note is on the agent's side. */
    record Accepted(String note) implements Report {}

    /** A note is part of its conversation. */
    record Seen(String note) implements Report {}

    /**
     * It calls a tool of ours.
     *
     * @param call unique among all calls of the session; one that comes again is the same call
     */
    record Called(String call, String tool, Json arguments) implements Report {}

    /** It does not want what it called for any more. */
    record CallCanceled(String call, String reason) implements Report {}

    /** The result of a call has reached it. */
    record Answered(String call) implements Report {}

    /** It wants to use a tool of its own and waits for the verdict. */
    record Asked(String ask, String tool, Json arguments) implements Report {}

    /** It began to think. */
    record TurnBegan() implements Report {}

    /**
     * It rests: no turn runs, nothing that it was told waits.
     *
     * @param failure why its last turn failed; null: it did not
     */
    record Settled(@Nullable Failure failure) implements Report {}

    /** A piece of what it says; may be missing. */
    record Delta(String text) implements Report {}

    /**
     * It has said something.
     *
     * @param role {@code assistant} or {@code user}
     */
    record Said(String role, String text) implements Report {}

    /**
     * Anything else that people may want to know.
     *
     * @param type a word such as {@code plan} or {@code trouble}
     */
    record Noted(String type, Json data) implements Report {}

    /** Its conversation is another one from now on. */
    record ConversationMoved(String id) implements Report {}

    /** It is not heard; it may come back. */
    record LinkDown() implements Report {}

    record LinkUp() implements Report {}

    /**
     * Its program has ended. The last report.
     *
     * @param how such as "exit 3" or "signal 9", and what it printed last
     */
    record Exited(@Nullable Integer code, @Nullable Integer signal, String how) implements Report {}
}
