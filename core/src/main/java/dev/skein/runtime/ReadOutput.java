package dev.skein.runtime;

import dev.skein.failure.Invalid;
import dev.skein.failure.ToolFailure;
import dev.skein.json.Decoded;
import dev.skein.json.Description;
import dev.skein.json.Json;
import dev.skein.json.JsonType;
import dev.skein.json.Range;
import dev.skein.model.TokenEstimator;
import dev.skein.tool.Asking;
import dev.skein.tool.Effect;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolContext;
import dev.skein.tool.ToolLimits;
import dev.skein.tool.ToolOutput;
import dev.skein.tool.ToolSpec;
import java.io.IOException;
import java.util.Set;

/**
 * The runtime's own tool that gives a model the parts of an output that it was not shown. It reads
 * what the same run got, and nothing else; so no policy has to allow it.
 *
 * @param limit tokens that one answer may have, so that it need not be cut itself
 */
record ReadOutput(Spool spool, TokenEstimator estimator, long limit) implements Tool {
    static final String NAME = "read_output";

    private static final int MOST_TOKENS = 1 << 18;
    private static final int BYTES_PER_TOKEN = 4;

    /** What the model asks for. */
    record Arguments(
            @Description("the handle in the note that the output was cut") String handle,
            @Description("where to begin, in bytes of UTF-8 from the start of the output")
                    @Range(min = 0)
                    long offset,
            @Description("how many bytes at most; fewer come if they are too many to be shown")
                    @Range(min = 1)
                    long length) {}

    private static final JsonType<Arguments> ARGUMENTS = JsonType.of(Arguments.class);

    static final ToolSpec SPEC =
            new ToolSpec(
                    NAME,
                    "Reads a part of the output of an earlier call that was too large to be shown"
                            + " whole. Offset and length are bytes of UTF-8; characters are never cut.",
                    ARGUMENTS,
                    Effect.READ_ONLY,
                    Set.of(),
                    ToolLimits.standard(),
                    Asking.NEVER);

    /** What is said to a model that asks for an output that this run does not have. */
    static ToolFailure.Failed gone(String what) {
        return new ToolFailure.Failed(
                NAME, what + " is not there; outputs are gone when the run that got them ends");
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public ToolOutput call(Json arguments, ToolContext context) throws IOException {
        return switch (ARGUMENTS.decodeStrictly(arguments)) {
            case Decoded.Ok<Arguments>(var asked, _) -> read(asked);
            case Decoded.Bad<Arguments>(var violations) ->
                    new ToolOutput.Error(
                            new Invalid.Input("Arguments of tool '" + NAME + "'", violations));
        };
    }

    private ToolOutput read(Arguments asked) throws IOException {
        var text = spool.find(asked.handle());
        if (text.isEmpty()) return new ToolOutput.Error(gone("output '" + asked.handle() + "'"));
        if (asked.offset() >= text.get().kept()) return beyond(text.get(), asked.offset());
        long most = Math.min(asked.length(), Math.min(limit, MOST_TOKENS) * BYTES_PER_TOKEN);
        var shown = part(text.get(), asked.offset(), most);
        // The line above the part takes its share too.
        while (most > 1 && estimator.tokens(shown) > limit) {
            most = most * 3 / 4;
            shown = part(text.get(), asked.offset(), most);
        }
        return new ToolOutput.Text(shown);
    }

    private static String part(SpilledText text, long offset, long most) throws IOException {
        var part = text.part(offset, (int) most);
        var more = part.to() < text.kept() ? "; the next begins at " + part.to() : ", the end";
        var head = "[bytes " + part.from() + " to " + part.to() + " of " + text.size() + more + "]";
        return head + "\n" + part.text();
    }

    private static ToolOutput beyond(SpilledText text, long offset) {
        return new ToolOutput.Error(
                new Invalid.Call(
                        "Offset " + offset + " is behind the " + text.kept() + " bytes kept",
                        "Begin before that."));
    }
}
