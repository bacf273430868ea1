package dev.skein.runtime;

import dev.skein.policy.Livelock;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sees that an agent goes round in circles: a fold over its calls, answers and messages, at most 64
 * of each of which it remembers. No clock, no randomness, nothing but what it is told: the same
 * entries always lead to the same findings. Used by one thread at a time.
 *
 * <p>For each distance of up to four calls it counts how many calls in a row were the same as the
 * one so far before. As many as make whole rounds, and enough of them, are a finding; so every call
 * costs the same, however long the run.
 */
final class Repeats {
    private static final int MOST = 64;
    private static final int LONGEST_ROUND = 4;

    private final Deque<Call> calls = new ArrayDeque<>();
    private final Deque<Long> texts = new ArrayDeque<>();
    private final int[] same = new int[LONGEST_ROUND + 1];
    private int exact;
    private int idleTurns;
    private int idleCalls;
    private @Nullable String answer;
    private int answers;
    private int rung;
    private int since;
    private boolean toolFree;
    private boolean escalated;

    /**
     * A call that has ended.
     *
     * @param entry in which it was asked for
     * @param arguments hash of their canonical text
     * @param outcome hash of the result, or the code of its failure; null: it was not carried out
     *     because the turn had no tools
     * @param acted it may have changed, sent or started something
     */
    record Call(
            long entry, String tool, String arguments, @Nullable String outcome, boolean acted) {
        /** The same, of a turn that had no tools: it repeats whatever the tool would have given. */
        Call notCarriedOut() {
            return new Call(entry, tool, arguments, null, false);
        }

        private boolean asks(Call other) {
            return tool.equals(other.tool) && arguments.equals(other.arguments);
        }

        private boolean gets(Call other) {
            return outcome == null || other.outcome == null || outcome.equals(other.outcome);
        }
    }

    /**
     * Something repeats itself.
     *
     * @param rung how many findings there were before it, since something new began
     */
    record Found(String what, int times, List<Call> evidence, int rung) {
        /** What, how often, and in which entries. */
        String text() {
            return what
                    + (evidence.isEmpty()
                            ? ""
                            : evidence.stream()
                                    .map(call -> call.tool() + " " + call.entry())
                                    .collect(Collectors.joining(", ", " (entries: ", ")")));
        }
    }

    Repeats() {
        this(0);
    }

    /** As one that had so many findings before. */
    Repeats(int rung) {
        this.rung = rung;
    }

    /** The calls of one turn, in order; the last thing that is found in them. */
    @Nullable Found turn(Livelock limits, List<Call> turn) {
        Found found = null;
        boolean nothingNew = true;
        int seen = 0;
        for (var call : turn) {
            if (limits.polling().contains(call.tool())) continue;
            seen++;
            nothingNew &= !call.acted() && calls.stream().anyMatch(before -> gave(before, call));
            var repeated = repeated(limits, call);
            if (repeated != null) found = repeated;
        }
        if (seen == 0) return null;
        idleTurns = nothingNew ? idleTurns + 1 : 0;
        idleCalls = nothingNew ? Math.min(MOST, idleCalls + seen) : 0;
        if (found == null && idleTurns >= limits.idleTurns())
            found = found("turns that brought nothing new", idleTurns, idleCalls);
        return climbed(found, seen);
    }

    private static boolean gave(Call before, Call call) {
        return before.tool().equals(call.tool()) && before.gets(call);
    }

    private @Nullable Found repeated(Livelock limits, Call call) {
        count(call);
        if (exact + 1 >= limits.repeats())
            return found(
                    "calls of '" + call.tool() + "' with the same arguments and result",
                    exact + 1,
                    exact + 1);
        for (int length = 2; length <= LONGEST_ROUND; length++) {
            int times = same[length] / length + 1;
            if (same[length] % length == 0 && times >= limits.repeats() && !shorter(length))
                return found("rounds of the same calls: " + names(length), times, times * length);
        }
        return null;
    }

    private void count(Call call) {
        int distance = 0;
        var last = calls.peekLast();
        exact = last != null && last.asks(call) && last.gets(call) ? exact + 1 : 0;
        for (var before = calls.descendingIterator(); distance < LONGEST_ROUND; ) {
            distance++;
            boolean again = before.hasNext() && before.next().asks(call);
            same[distance] = again ? same[distance] + 1 : 0;
        }
        calls.addLast(call);
        if (calls.size() > MOST) calls.removeFirst();
    }

    /** What looks like a round of that length is a shorter one, made several times. */
    private boolean shorter(int length) {
        return same[1] >= length - 1 || (length == LONGEST_ROUND && same[2] >= 2);
    }

    private String names(int last) {
        return calls.stream()
                .skip(calls.size() - (long) last)
                .map(call -> "'" + call.tool() + "'")
                .collect(Collectors.joining(", "));
    }

    private Found found(String what, int times, int last) {
        long skipped = Math.max(0, calls.size() - (long) last);
        return new Found(what, times, calls.stream().skip(skipped).toList(), rung);
    }

    /** What was found long ago does not count any more. */
    private @Nullable Found climbed(@Nullable Found found, int seen) {
        since = found == null ? since + seen : 0;
        if (found != null) rung++;
        else if (since > MOST) rung = 0;
        return found;
    }

    /** It has answered. */
    @Nullable Found answered(Livelock limits, String text) {
        answers = text.equals(answer) ? answers + 1 : 1;
        answer = text;
        if (answers < limits.repeats()) return null;
        return climbed(new Found("answers with the same text", answers, List.of(), rung), 0);
    }

    /**
     * It was told something. What it has not been told lately begins everything anew.
     *
     * @param byPeer another agent said it; only answers to those can be the same too often
     */
    void told(String text, boolean byPeer) {
        if (!byPeer) answers = 0;
        long key = ((long) text.length() << Integer.SIZE) ^ text.hashCode();
        if (texts.contains(key)) return;
        texts.addLast(key);
        if (texts.size() > MOST) texts.removeFirst();
        anew();
    }

    /** The turn after this one gets no tools. */
    void takeTools() {
        toolFree = true;
    }

    /** Whether the turn that begins now gets none; once. */
    boolean takesTools() {
        boolean now = toolFree;
        toolFree = false;
        return now;
    }

    /** Whoever is above has to decide. */
    void escalate() {
        escalated = true;
    }

    boolean escalated() {
        return escalated;
    }

    /** Nothing was found so far. */
    void anew() {
        calls.clear();
        Arrays.fill(same, 0);
        exact = 0;
        idleTurns = 0;
        idleCalls = 0;
        answers = 0;
        rung = 0;
        since = 0;
        toolFree = false;
    }
}
