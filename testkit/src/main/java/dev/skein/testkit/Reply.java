package dev.skein.testkit;

import dev.skein.model.Finish;
import dev.skein.model.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model answers, before a wire puts it into its own words.
 *
 * @param usage the tokens to report; null counts them by the rule of {@link FakeProvider}. Cost is
 *     not sent.
 * @param finish why the model stopped; null is {@code TOOLS} if there are calls and {@code STOP} if
 *     there are none
 */
public record Reply(List<Piece> pieces, @Nullable Usage usage, @Nullable Finish finish) {
    /** Copies the pieces. */
    public Reply {
        pieces = List.copyOf(pieces);
    }

    /** These pieces, tokens counted. */
    public static Reply of(Piece... pieces) {
        return new Reply(List.of(pieces), null, null);
    }

    /** A text, tokens counted. */
    public static Reply text(String text) {
        return of(new Piece.Text(text));
    }

    /** One call, its arguments as {@link Piece#call} takes them. */
    public static Reply calls(String tool, Object arguments) {
        return of(Piece.call(tool, arguments));
    }

    /** The same with these tokens. */
    public Reply withUsage(Usage tokens) {
        return new Reply(pieces, tokens, finish);
    }

    /** The same with this reason to stop. */
    public Reply withFinish(Finish reason) {
        return new Reply(pieces, usage, reason);
    }

    Finish finishOrUsual() {
        if (finish != null) {
            return finish;
        }
        return pieces.stream().anyMatch(Piece.Call.class::isInstance) ? Finish.TOOLS : Finish.STOP;
    }
}
