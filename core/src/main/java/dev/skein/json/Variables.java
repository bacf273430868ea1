package dev.skein.json;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What the type variables of a variant stand for, told by the arguments of the sealed interface it
 * implements.
 */
final class Variables {
    private Variables() {}

    /** That subtype, with its type arguments found from those of the supertype. */
    static Applied ofSubtype(Class<?> subtype, Applied supertype, String path) {
        var parameters = subtype.getTypeParameters();
        if (parameters.length == 0) return Applied.of(subtype);
        var found = new HashMap<TypeVariable<?>, Applied>();
        for (var implemented : subtype.getGenericInterfaces()) match(implemented, supertype, found);
        var arguments =
                Arrays.stream(parameters)
                        .map(parameter ->
                                argument(parameter, found, path + "." + subtype.getSimpleName()))
                        .toList();
        return new Applied(subtype, arguments);
    }

    private static Applied argument(
            TypeVariable<?> parameter, Map<TypeVariable<?>, Applied> found, String path) {
        var argument = found.get(parameter);
        if (argument == null) throw Applied.refused(path, parameter.getName());
        return argument;
    }

    private static void match(Type declared, Applied actual, Map<TypeVariable<?>, Applied> found) {
        if (declared instanceof TypeVariable<?> variable) {
            found.putIfAbsent(variable, actual);
        } else if (declared instanceof ParameterizedType generic
                && generic.getRawType() == actual.raw()) {
            var arguments = generic.getActualTypeArguments();
            for (int i = 0; i < arguments.length; i++)
                match(arguments[i], actual.arguments().get(i), found);
        }
    }
}
