package dev.skein.testkit;

import dev.skein.json.Json;
import dev.skein.testkit.Draft.Bit;
import java.util.ArrayList;
import java.util.Locale;

/** Makes drafts of replies. */
final class Drafting {
    private Drafting() {}

    /**
     * The draft of that reply, its usage not yet known; {@code unique} is a word of 12 letters and
     * digits.
     */
    static Draft of(Dialect dialect, Ask ask, Reply reply, String unique) {
        var bits = new ArrayList<Bit>();
        for (var piece : reply.pieces()) {
            bits.add(
                    switch (piece) {
                        case Piece.Text(var text) -> new Bit.Text(text);
                        case Piece.Reasoning(var text) -> new Bit.Reasoning(text);
                        case Piece.Raw raw -> new Bit.Raw(raw);
                        case Piece.Call(var id, var tool, var arguments) -> {
                            String usual =
                                    dialect.callId(unique.substring(0, 10) + letters(bits.size()));
                            yield new Bit.Call(
                                    id.isEmpty() ? usual : id, tool, arguments.canonical());
                        }
                    });
        }
        return new Draft(
                ask,
                unique,
                bits,
                new Draft.Ending(reply.finishOrUsual(), null, null),
                Draft.Style.USUAL);
    }

    /** The published rule, for what a model says. */
    static long outputTokens(Reply reply) {
        long bytes = 0;
        for (var piece : reply.pieces()) {
            bytes +=
                    switch (piece) {
                        case Piece.Text(var text) -> Ask.bytes(text);
                        case Piece.Reasoning(var text) -> Ask.bytes(text);
                        case Piece.Call(_, var tool, var arguments) ->
                                Ask.bytes(tool) + Ask.bytes(arguments);
                        case Piece.Raw _ -> 0;
                    };
        }
        return Ask.tokens(bytes);
    }

    static long reasoningTokens(Reply reply) {
        long bytes = 0;
        for (var piece : reply.pieces()) {
            bytes += piece instanceof Piece.Reasoning(var text) ? Ask.bytes(text) : 0;
        }
        return Ask.tokens(bytes);
    }

    /** A body that asks for nothing, streamed or not, in the words of all wires. */
    static Json barest(boolean streamed) {
        return Json.object(
                "model",
                "fake",
                "stream",
                streamed,
                "stream_options",
                Json.object("include_usage", true));
    }

    /** A word of 12 letters and digits that looks like any and depends on all of them. */
    static String unique(long seed, String wire, int number) {
        long mixed = (seed * 31 + wire.hashCode()) * 1_000_003 + number;
        mixed = (mixed ^ mixed >>> 31) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        String word = Long.toUnsignedString(mixed ^ mixed >>> 33, 36).toLowerCase(Locale.ROOT);
        return ("000000000000" + word).substring(word.length());
    }

    private static String letters(int index) {
        String two = Integer.toString(index, 36);
        return ("00" + two).substring(two.length());
    }
}
