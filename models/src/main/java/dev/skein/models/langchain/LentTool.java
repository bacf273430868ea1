package dev.skein.models.langchain;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.ToolMemoryId;
import dev.skein.json.AnnotatedMethod;
import dev.skein.json.Json;
import dev.skein.json.JsonType;
import dev.skein.json.ParameterMarks;
import dev.skein.tool.Asking;
import dev.skein.tool.Effect;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolContext;
import dev.skein.tool.ToolLimits;
import dev.skein.tool.ToolOutput;
import dev.skein.tool.ToolSpec;
import dev.skein.tool.Toolset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A method that was written as a tool for LangChain4j. */
public record LentTool(ToolSpec spec, AnnotatedMethod<dev.langchain4j.agent.tool.Tool> method)
        implements Tool {
    private static final ParameterMarks<P> MARKS =
            new ParameterMarks<>(P.class, LentTool::hint, ToolMemoryId.class);

    /** The tools of these objects, in the order of the objects and then by name. */
    public static Toolset of(Object... targets) {
        var tools = new ArrayList<Tool>();
        for (var target : targets)
            for (var method :
                    AnnotatedMethod.of(
                            target,
                            dev.langchain4j.agent.tool.Tool.class,
                            ToolContext.class,
                            MARKS)) tools.add(new LentTool(spec(method), method));
        return Toolset.of("langchain4j", List.copyOf(tools));
    }

    private static ParameterMarks.Hint hint(P mark) {
        var description = mark.description().isEmpty() ? mark.value() : mark.description();
        boolean filled = !mark.defaultValue().equals(P.NO_DEFAULT);
        return new ParameterMarks.Hint(
                mark.name(),
                description,
                mark.required() && !filled,
                filled ? mark.defaultValue() : null);
    }

    private static ToolSpec spec(AnnotatedMethod<dev.langchain4j.agent.tool.Tool> method) {
        var declared = method.annotation();
        var name = declared.name().isEmpty() ? method.name() : declared.name();
        var told = String.join("\n", declared.value());
        return new ToolSpec(
                name,
                told.isBlank() ? name : told,
                method.input(),
                Effect.WRITE,
                Set.of(),
                ToolLimits.standard(),
                Asking.UNLESS_AUTO);
    }

    @Override
    public ToolOutput call(Json arguments, ToolContext context) throws Exception {
        var returned = method.call(arguments, context, context.namespace().key());
        return switch (returned) {
            case null -> new ToolOutput.Text("Success");
            case String text -> new ToolOutput.Text(text);
            default -> new ToolOutput.Value(JsonType.encodeAny(returned));
        };
    }
}
