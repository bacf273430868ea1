package dev.skein.runtime;

import dev.skein.failure.Limit;
import dev.skein.failure.SkeinException;
import dev.skein.model.Message;
import dev.skein.model.Part;
import dev.skein.model.TokenEstimator;
import dev.skein.tool.ToolCall;
import dev.skein.tool.ToolResult;
import java.util.List;

/** What of a conversation fits a model: whole exchanges, the newest first, never a hole. */
record Window(TokenEstimator estimator, long available) {
    private static final int PER_MESSAGE = 4;
    private static final int PER_CALL = 5;
    private static final int PER_RESULT = 5;

    /** Tokens that every request has, whatever is trimmed. */
    record Fixed(long instructions, long schemas) {
        long total() {
            return instructions + schemas;
        }
    }

    /**
     * What is sent.
     *
     * @param from index of the first message that is sent
     * @param before tokens if nothing had been left out
     */
    record Fit(int from, long tokens, long before) {}

    /**
     * Leaves out exchanges from the oldest until the rest fits.
     *
     * @throws SkeinException with {@code limit.context} if the newest exchange alone does not fit
     */
    Fit fit(Fixed fixed, List<Message> messages, List<Long> sizes) {
        long all = fixed.total() + sizes.stream().mapToLong(Long::longValue).sum();
        long tokens = all;
        int from = 0;
        while (tokens > available) {
            int next = nextExchange(messages, from);
            if (next < 0) throw tooLarge(fixed, tokens - fixed.total());
            for (; from < next; from++) tokens -= sizes.get(from);
        }
        return new Fit(from, tokens, all);
    }

    private static int nextExchange(List<Message> messages, int from) {
        for (int i = from + 1; i < messages.size(); i++)
            if (messages.get(i) instanceof Message.User) return i;
        return -1;
    }

    private SkeinException tooLarge(Fixed fixed, long last) {
        return new SkeinException(
                new Limit.Context(fixed.instructions(), fixed.schemas(), last, available));
    }

    long instructions(String text) {
        return estimator.tokens(text) + PER_MESSAGE;
    }

    long size(Message message) {
        return PER_MESSAGE
                + switch (message) {
                    case Message.System(var text, _) -> estimator.tokens(text);
                    case Message.User(var parts, _) -> parts(parts);
                    case Message.Assistant(var parts, var calls, _, _) ->
                            parts(parts) + calls(calls);
                    case Message.Results(var results, _) -> results(results);
                };
    }

    private long parts(List<Part> parts) {
        long tokens = 0;
        for (var part : parts) {
            tokens +=
                    switch (part) {
                        case Part.Text(var text) -> estimator.tokens(text);
                        case Part.Reasoning(var text, _) -> estimator.tokens(text);
                    };
        }
        return tokens;
    }

    private long calls(List<ToolCall> calls) {
        long tokens = 0;
        for (var call : calls)
            tokens +=
                    estimator.tokens(call.name())
                            + estimator.tokens(call.arguments().canonical())
                            + PER_CALL;
        return tokens;
    }

    private long results(List<ToolResult> results) {
        long tokens = 0;
        for (var result : results) tokens += estimator.tokens(result.text()) + PER_RESULT;
        return tokens;
    }
}
