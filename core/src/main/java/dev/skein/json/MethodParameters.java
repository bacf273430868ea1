package dev.skein.json;

import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which parameters of methods are part of the input, and what is said of them.
 *
 * @param context the type of parameters that are given at each call
 * @param marks null if nobody else's annotations count
 */
record MethodParameters(Class<?> context, @Nullable ParameterMarks<?> marks) {
    /**
     * A parameter that is not part of the input: the context, or a text that says whose call it is.
     */
    record Given(int position, boolean isKey) {}

    List<Given> given(Method method) {
        var given = new ArrayList<Given>();
        var parameters = method.getParameters();
        for (int i = 0; i < parameters.length; i++)
            if (isGiven(parameters[i])) given.add(new Given(i, isKey(parameters[i])));
        return List.copyOf(given);
    }

    RecordCodec codec(Method method) {
        var compiler = new TypeCompiler();
        var parts = new ArrayList<Part>();
        for (var parameter : method.getParameters()) {
            if (isGiven(parameter)) continue;
            if (!parameter.isNamePresent()) throw nameless(method);
            var declared =
                    new TypeCompiler.Declared(
                            parameter.getName(), parameter.getAnnotatedType(), parameter);
            var part =
                    compiler.part(declared, Map.of(), method.getName() + "." + parameter.getName());
            parts.add(marks == null ? part : hinted(part, parameter, marks));
        }
        var codec = new RecordCodec(method.getName(), "", new Values());
        codec.setParts(parts);
        return codec;
    }

    private static <P extends Annotation> Part hinted(
            Part part, Parameter parameter, ParameterMarks<P> marks) {
        var mark = parameter.getAnnotation(marks.mark());
        if (mark == null) return part;
        var hint = marks.hint().apply(mark);
        boolean filled = hint.absent() != null;
        boolean mayLack =
                filled
                        || (!hint.required()
                                && part.required()
                                && !parameter.getType().isPrimitive());
        return new Part(
                hint.name().isEmpty() ? part.name() : hint.name(),
                part.codec(),
                mayLack ? Part.Presence.NULLABLE : part.presence(),
                hint.description().isEmpty() ? part.description() : hint.description());
    }

    /** The values of arguments that a call does not have. */
    Map<String, Json> absent(Method method) {
        var values = new LinkedHashMap<String, Json>();
        for (var parameter : method.getParameters())
            if (marks != null && !isGiven(parameter)) addAbsent(parameter, marks, values);
        return values;
    }

    private static <P extends Annotation> void addAbsent(
            Parameter parameter, ParameterMarks<P> marks, Map<String, Json> values) {
        var mark = parameter.getAnnotation(marks.mark());
        if (mark == null) return;
        var hint = marks.hint().apply(mark);
        var text = hint.absent();
        if (text == null) return;
        boolean word = parameter.getType() == String.class || parameter.getType().isEnum();
        values.put(
                hint.name().isEmpty() ? parameter.getName() : hint.name(),
                word ? Json.of(text) : Json.parse(text));
    }

    private boolean isGiven(Parameter parameter) {
        return parameter.getType() == context || isKey(parameter);
    }

    private boolean isKey(Parameter parameter) {
        if (marks == null || !parameter.isAnnotationPresent(marks.keyed())) return false;
        if (parameter.getType().isAssignableFrom(String.class)) return true;
        throw new SkeinException(
                new Invalid.Tool(
                        parameter.getDeclaringExecutable().getName(),
                        "takes whose call it is as something that is no text",
                        "Declare that parameter as a String."));
    }

    private static SkeinException nameless(Method method) {
        return new SkeinException(
                new Invalid.Tool(
                        method.getName(),
                        "was compiled without the names of its parameters",
                        "Compile with the flag -parameters, or take a record as the only argument of a Tool."));
    }

    /** The values themselves, in order. */
    private record Values() implements RecordCodec.Build {
        @Override
        public Object make(@Nullable Object[] parts) {
            return parts;
        }

        @Override
        public @Nullable Object part(Object value, int index) {
            return ((@Nullable Object[]) value)[index];
        }
    }
}
