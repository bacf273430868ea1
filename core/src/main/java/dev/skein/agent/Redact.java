package dev.skein.agent;

import dev.skein.model.Message;
import dev.skein.model.ModelCall;
import dev.skein.model.ModelReply;
import dev.skein.model.Part;
import dev.skein.tool.ToolCall;
import dev.skein.tool.ToolResult;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Replaces what fits the pattern by {@code ▇▇▇} in tool results, before they are stored or sent,
 * and in model answers.
 */
public record Redact(Pattern pattern) implements Interceptor {
    private static final String MASK = "▇▇▇";

    public Redact(String pattern) {
        this(Pattern.compile(pattern));
    }

    @Override
    public ModelReply aroundModel(ModelCall call, ModelChain next) throws InterruptedException {
        var reply = next.proceed(call);
        var message = reply.message();
        List<Part> parts = message.parts().stream().map(this::masked).toList();
        return reply.withMessage(new Message.Assistant(parts, message.calls(), message.at()));
    }

    @Override
    public ToolResult aroundTool(ToolCall call, ToolChain next) throws InterruptedException {
        var result = next.proceed(call);
        return result.withText(masked(result.text()));
    }

    private Part masked(Part part) {
        return part instanceof Part.Text(var text) ? new Part.Text(masked(text)) : part;
    }

    private String masked(String text) {
        return pattern.matcher(text).replaceAll(MASK);
    }
}
