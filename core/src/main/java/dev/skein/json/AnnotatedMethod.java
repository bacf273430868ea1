package dev.skein.json;

import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A public method of an object that carries an annotation, ready to be called with JSON. Immutable;
 * as safe for several threads as the object is.
 */
public final class AnnotatedMethod<A extends Annotation> {
    private final String name;
    private final A annotation;
    private final CodecType<Object> input;
    private final Object target;
    private final Method method;
    private final int[] injected;

    private AnnotatedMethod(Object target, Method method, A annotation, Class<?> context) {
        var parameters = method.getParameters();
        this.name = method.getName();
        this.annotation = annotation;
        this.target = target;
        this.method = Access.method(method);
        this.injected = positions(parameters, context);
        this.input = CodecType.of(method, name, codec(method, context));
    }

    /**
     * The methods of that object with that annotation, inherited ones included, sorted by name.
     * Parameters of the type {@code context} are not part of the input: they are given at each
     * call.
     *
     * @throws SkeinException {@code invalid.tool} for a method that is not public, or that was
     *     compiled without the names of its parameters; {@code invalid.type} for a parameter
     *     without schema
     */
    public static <A extends Annotation> List<AnnotatedMethod<A>> of(
            Object target, Class<A> annotation, Class<?> context) {
        refuseHidden(target.getClass(), annotation);
        var found = new ArrayList<AnnotatedMethod<A>>();
        for (var method : target.getClass().getMethods()) {
            var mark = method.getAnnotation(annotation);
            if (mark != null && !method.isBridge())
                found.add(new AnnotatedMethod<>(target, method, mark, context));
        }
        found.sort(
                Comparator.comparing((AnnotatedMethod<A> method) -> method.name)
                        .thenComparing(method -> method.input.schema().canonical()));
        return List.copyOf(found);
    }

    /** The method's own name. */
    public String name() {
        return name;
    }

    /** What was declared on the method. */
    public A annotation() {
        return annotation;
    }

    /** Its parameters as an object, without those that are given at each call. */
    public JsonType<?> input() {
        return input;
    }

    /**
     * Calls the method and waits for it.
     *
     * @return what it returned; null also for a method that returns nothing
     * @throws SkeinException {@code invalid.input} if the arguments do not fit; the method was not
     *     entered
     * @throws Exception what the method threw, as it is
     */
    public @Nullable Object call(Json arguments, Object context) throws Exception {
        var values =
                switch (input.decodeStrictly(arguments)) {
                    case Decoded.Ok<Object>(var decoded, _) -> (@Nullable Object[]) decoded;
                    case Decoded.Bad<Object>(var violations) ->
                            throw new SkeinException(
                                    new Invalid.Input("Arguments of '" + name + "'", violations));
                };
        return Access.call(method, target, withContext(values, context));
    }

    private @Nullable Object[] withContext(@Nullable Object[] values, Object context) {
        if (injected.length == 0) return values;
        var all = new ArrayList<@Nullable Object>(Arrays.asList(values));
        for (int position : injected) all.add(position, context);
        return all.toArray();
    }

    private static int[] positions(Parameter[] parameters, Class<?> context) {
        var positions = new ArrayList<Integer>();
        for (int i = 0; i < parameters.length; i++)
            if (parameters[i].getType() == context) positions.add(i);
        return positions.stream().mapToInt(Integer::intValue).toArray();
    }

    private static RecordCodec codec(Method method, Class<?> context) {
        var compiler = new TypeCompiler();
        var parts = new ArrayList<Part>();
        for (var parameter : method.getParameters()) {
            if (parameter.getType() == context) continue;
            if (!parameter.isNamePresent()) throw nameless(method);
            var declared =
                    new TypeCompiler.Declared(
                            parameter.getName(), parameter.getAnnotatedType(), parameter);
            parts.add(
                    compiler.part(
                            declared, Map.of(), method.getName() + "." + parameter.getName()));
        }
        var codec = new RecordCodec(method.getName(), "", new Arguments());
        codec.setParts(parts);
        return codec;
    }

    private static SkeinException nameless(Method method) {
        return new SkeinException(
                new Invalid.Tool(
                        method.getName(),
                        "was compiled without the names of its parameters",
                        "Compile with the flag -parameters, or take a record as the only argument of a Tool."));
    }

    private static void refuseHidden(Class<?> type, Class<? extends Annotation> annotation) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            for (var method : at.getDeclaredMethods()) {
                if (!method.isAnnotationPresent(annotation)
                        || Modifier.isPublic(method.getModifiers())) continue;
                throw new SkeinException(
                        new Invalid.Tool(
                                method.getName(),
                                "is a method that is not public",
                                "Make it public, or remove the annotation."));
            }
        }
    }

    /** The values themselves, in order. */
    private record Arguments() implements RecordCodec.Build {
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
