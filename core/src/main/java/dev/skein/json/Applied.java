package dev.skein.json;

import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A class with its type arguments, all of them concrete. The argument of an array is its element.
 */
record Applied(Class<?> raw, List<Applied> arguments) {
    private static final int MAX_DEPTH = 32;

    static Applied of(Class<?> type) {
        return resolve(type, Map.of(), type.getSimpleName());
    }

    /**
     * That type, where it stands: its variables have the given values, and the path leads to it.
     */
    static Applied resolve(Type type, Map<TypeVariable<?>, Applied> variables, String path) {
        return switch (type) {
            case Class<?> raw when raw.isArray() ->
                    new Applied(raw, List.of(resolve(raw.componentType(), variables, path + "[]")));
            case Class<?> raw when raw.getTypeParameters().length > 0 ->
                    throw refused(path, raw.getSimpleName() + " without type arguments");
            case Class<?> raw -> new Applied(raw, List.of());
            case ParameterizedType generic ->
                    generic((Class<?>) generic.getRawType(), generic, variables, path);
            case GenericArrayType array ->
                    arrayOf(resolve(array.getGenericComponentType(), variables, path + "[]"));
            case TypeVariable<?> variable when variables.containsKey(variable) ->
                    variables.get(variable);
            default -> throw refused(path, type.getTypeName());
        };
    }

    private static Applied generic(
            Class<?> raw,
            ParameterizedType type,
            Map<TypeVariable<?>, Applied> variables,
            String path) {
        var inside = path + step(raw);
        var arguments = new ArrayList<Applied>();
        for (var argument : type.getActualTypeArguments())
            arguments.add(resolve(argument, variables, inside));
        var applied = new Applied(raw, List.copyOf(arguments));
        if (applied.depth() > MAX_DEPTH)
            throw new SkeinException(
                    new Invalid.Type(path, "has type arguments without end", "Use Json there."));
        return applied;
    }

    private static Applied arrayOf(Applied element) {
        return new Applied(element.raw.arrayType(), List.of(element));
    }

    /** How the path goes on to what is inside. */
    static String step(Class<?> raw) {
        if (Map.class.isAssignableFrom(raw)) return "{}";
        return Iterable.class.isAssignableFrom(raw) || raw.isArray() ? "[]" : "";
    }

    /** What the type parameters of the class stand for here. */
    Map<TypeVariable<?>, Applied> variables() {
        var variables = new HashMap<TypeVariable<?>, Applied>();
        var parameters = raw.getTypeParameters();
        for (int i = 0; i < parameters.length; i++) variables.put(parameters[i], arguments.get(i));
        return variables;
    }

    /** A name in letters and digits: {@code PageOfTicket}. */
    String name() {
        var own = raw.isArray() ? "Array" : raw.getSimpleName();
        if (arguments.isEmpty()) return own;
        return own
                + arguments.stream()
                        .map(Applied::name)
                        .collect(Collectors.joining("And", "Of", ""));
    }

    static SkeinException refused(String path, String what) {
        return new SkeinException(
                new Invalid.Type(
                        path,
                        "is " + what + ", which has no schema",
                        "Use a record, or Json for free-form data."));
    }

    /**
     * Written out: what the compiler gives a record is linked when it is first used, which a short
     * program would notice.
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Applied that
                && raw.equals(that.raw)
                && arguments.equals(that.arguments);
    }

    @Override
    public int hashCode() {
        return 31 * raw.hashCode() + arguments.hashCode();
    }

    private int depth() {
        return 1 + arguments.stream().mapToInt(Applied::depth).max().orElse(0);
    }
}
