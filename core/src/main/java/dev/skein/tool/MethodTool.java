package dev.skein.tool;

import dev.skein.json.AnnotatedMethod;
import dev.skein.json.Json;
import java.util.List;
import java.util.Set;

/** A method of the program's own as a tool. */
record MethodTool(ToolSpec spec, AnnotatedMethod<ToolMethod> method) implements Tool {
    static List<Tool> of(Object target) {
        return AnnotatedMethod.of(target, ToolMethod.class, ToolContext.class).stream()
                .<Tool>map(method -> new MethodTool(spec(method), method))
                .toList();
    }

    private static ToolSpec spec(AnnotatedMethod<ToolMethod> method) {
        var declared = method.annotation();
        var name = declared.name().isEmpty() ? method.name() : declared.name();
        return RecordTool.spec(name, declared.value(), method.input())
                .withEffect(declared.effect())
                .withLabels(Set.of(declared.labels()));
    }

    @Override
    public ToolOutput call(Json arguments, ToolContext context) throws Exception {
        return RecordTool.output(method.call(arguments, context));
    }
}
