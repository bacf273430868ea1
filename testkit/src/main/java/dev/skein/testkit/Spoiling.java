package dev.skein.testkit;

import dev.skein.model.Finish;
import dev.skein.model.Usage;
import dev.skein.testkit.Draft.Bit;
import dev.skein.testkit.Draft.Ending;
import dev.skein.testkit.Fault.Mangling;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** The faults that change what a model says, in the same way for all wires. */
final class Spoiling {
    private Spoiling() {}

    static Draft of(Draft draft, Mangling how) {
        return switch (how) {
            case TINY_FRAGMENTS -> draft.withStyle(draft.style().withFragment(1));
            case ARGUMENTS_CUT -> draft.mapArguments(Spoiling::half);
            case ARGUMENTS_NOT_JSON -> draft.mapArguments(arguments -> "not JSON but words");
            case ARGUMENTS_TWICE -> draft.mapArguments(arguments -> arguments + arguments);
            case NO_CALL_ID ->
                    draft.mapCalls(call -> new Bit.Call(null, call.tool(), call.arguments()));
            case EMPTY_CALL_ID ->
                    draft.mapCalls(call -> new Bit.Call("", call.tool(), call.arguments()));
            case SAME_CALL_ID -> sameId(draft);
            case UNKNOWN_CALL_ID -> unknownId(draft);
            case UNKNOWN_FINISH -> ending(draft, draft.ending().finish(), "galaxy_brain");
            case LENGTH_IN_ARGUMENTS ->
                    ending(draft.mapArguments(Spoiling::half), Finish.LENGTH, null);
            case NO_CHOICES -> draft.withStyle(draft.style().withEmpty());
            case CHANGING_IDS -> draft.withStyle(draft.style().withChanging());
            case NO_USAGE -> usage(draft, null);
            case ZERO_USAGE -> usage(draft, Usage.of(0, 0));
            case TENFOLD_USAGE -> usage(draft, times(draft.ending().usage(), 10));
            case NO_END_MARK,
                    CHARACTER_IN_TWO,
                    LF,
                    CRLF,
                    COMMENTS,
                    PINGS,
                    BYTE_ORDER_MARK,
                    UNKNOWN_FIELDS,
                    HUGE_HEADER,
                    WRONG_CONTENT_TYPE,
                    TRAILERS,
                    UNTIL_CLOSE,
                    TWO_ANSWERS ->
                    draft;
        };
    }

    private static String half(String arguments) {
        return arguments.substring(0, arguments.length() / 2);
    }

    private static Draft sameId(Draft draft) {
        var calls = draft.calls();
        if (calls.isEmpty()) {
            return draft;
        }
        String id = calls.getFirst().id();
        var same = draft.mapCalls(call -> new Bit.Call(id, call.tool(), call.arguments()));
        if (calls.size() > 1) {
            return same;
        }
        var bits = new ArrayList<>(same.bits());
        bits.add(same.calls().getFirst());
        return same.withBits(bits);
    }

    private static Draft unknownId(Draft draft) {
        var strange =
                draft.mapCalls(call -> new Bit.Call("?? \"ä\" ??", call.tool(), call.arguments()));
        return draft.ask().streamed() ? draft.withStyle(draft.style().withStray()) : strange;
    }

    private static Draft ending(Draft draft, Finish finish, @Nullable String word) {
        return draft.withEnding(new Ending(finish, word, draft.ending().usage()));
    }

    private static Draft usage(Draft draft, @Nullable Usage usage) {
        return draft.withEnding(new Ending(draft.ending().finish(), draft.ending().word(), usage));
    }

    private static @Nullable Usage times(@Nullable Usage usage, int factor) {
        return usage == null
                ? null
                : Usage.of(usage.input() * factor, usage.output() * factor)
                        .withCache(usage.cacheRead() * factor, usage.cacheWrite() * factor)
                        .withReasoning(usage.reasoning() * factor);
    }
}
