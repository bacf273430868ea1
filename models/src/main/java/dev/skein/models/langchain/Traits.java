package dev.skein.models.langchain;

import dev.langchain4j.model.output.TokenUsage;
import dev.skein.json.JsonType;
import dev.skein.model.ModelCall;
import dev.skein.model.ModelInfo;
import dev.skein.model.Usage;
import dev.skein.models.wire.Faults;
import dev.skein.models.wire.Remembered;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How the models of one provider of LangChain4j differ from others.
 *
 * @param shapes how it is told what shape the answer must have
 * @param toolsOrShape whether it takes either tools or such a shape
 * @param usage its tokens, of which the library's common type knows only two
 */
record Traits(
        ModelInfo info,
        Faults faults,
        Remembered<JsonType<?>, Shape> shapes,
        boolean toolsOrShape,
        Function<TokenUsage, Usage> usage) {
    static Traits of(ModelInfo info, Faults faults, Function<JsonType<?>, Shape> shape) {
        return new Traits(info, faults, new Remembered<>(shape), false, Traits::counted);
    }

    Traits withUsage(Function<TokenUsage, Usage> usage) {
        return new Traits(info, faults, shapes, toolsOrShape, usage);
    }

    Traits withToolsOrShape(boolean either) {
        return new Traits(info, faults, shapes, either, usage);
    }

    Shape shape(ModelCall call) {
        var output = call.output();
        if (output == null) return Shape.NONE;
        if (toolsOrShape && !call.tools().isEmpty()) return Shape.words().apply(output);
        return shapes.of(output);
    }

    static Usage counted(TokenUsage tokens) {
        return Usage.of(number(tokens.inputTokenCount()), number(tokens.outputTokenCount()));
    }

    static long number(@Nullable Integer count) {
        return count == null ? 0 : count;
    }
}
