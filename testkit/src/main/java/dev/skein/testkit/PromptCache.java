package dev.skein.testkit;

import dev.skein.json.Json;
import dev.skein.model.Usage;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which beginnings of prompts a provider has read before. A beginning counts from 1,024 tokens on,
 * in steps of 128, as OpenAI documents it; the others are close to that.
 */
final class PromptCache {
    /** When a provider looks into its cache. */
    enum Kind {
        NONE,
        /** Always, and putting something in is not told. */
        AUTOMATIC,
        /**
         * If the request has {@code cache_control} anywhere; then all of its prompt is read from
         * there and put there.
         */
        MARKED
    }

    private static final int LEAST = 1024;
    private static final int STEP = 128;
    private static final int MOST_KEPT = 10_000;

    private final Kind kind;
    private final Map<Long, Boolean> known =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
                    return size() > MOST_KEPT;
                }
            };

    PromptCache(Kind kind) {
        this.kind = kind;
    }

    /** The tokens of the prompt, told as the cache would; remembers the prompt. */
    Usage count(Ask ask, Reply reply) {
        var plain =
                Usage.of(ask.inputTokens(), Drafting.outputTokens(reply))
                        .withReasoning(Drafting.reasoningTokens(reply));
        boolean used = kind == Kind.AUTOMATIC || (kind == Kind.MARKED && isMarked(ask.body()));
        if (!used || plain.input() < LEAST) {
            return plain;
        }
        long read = rounded(Ask.tokens(knownBytes(ask)));
        long written = kind == Kind.MARKED ? plain.input() - read : 0;
        return plain.withCache(read, written);
    }

    private static long rounded(long tokens) {
        return tokens < LEAST ? 0 : tokens / STEP * STEP;
    }

    private long knownBytes(Ask ask) {
        long bytes = ask.fixedBytes();
        long hash =
                31L * ask.tools().hashCode()
                        + ask.schema().hashCode()
                        + 7L * ask.model().hashCode();
        long longest = remember(hash) ? bytes : 0;
        for (var said : ask.said()) {
            bytes += Ask.bytes(said);
            hash = hash * 1_000_003 + said.hashCode();
            if (remember(hash)) {
                longest = bytes;
            }
        }
        return longest;
    }

    /** Whether it was known already. */
    private boolean remember(long hash) {
        return known.put(hash, true) != null;
    }

    private static boolean isMarked(Json json) {
        return switch (json) {
            case Json.Obj(var fields) ->
                    fields.containsKey("cache_control")
                            || fields.values().stream().anyMatch(PromptCache::isMarked);
            case Json.Arr(var items) -> items.stream().anyMatch(PromptCache::isMarked);
            case Json.Text _, Json.Num _, Json.Bool _, Json.Null _ -> false;
        };
    }
}
