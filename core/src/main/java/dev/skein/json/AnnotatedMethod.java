package dev.skein.json;

import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
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
    private final List<MethodParameters.Given> given;
    private final Map<String, Json> absent;

    private AnnotatedMethod(Object target, Method method, A annotation, MethodParameters kind) {
        this.name = method.getName();
        this.annotation = annotation;
        this.target = target;
        this.method = Access.method(method);
        this.given = kind.given(method);
        this.absent = kind.absent(method);
        this.input = CodecType.of(method, name, kind.codec(method));
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
        return of(target, annotation, new MethodParameters(context, null));
    }

    /** The same where another annotation describes the parameters. */
    public static <A extends Annotation> List<AnnotatedMethod<A>> of(
            Object target, Class<A> annotation, Class<?> context, ParameterMarks<?> marks) {
        return of(target, annotation, new MethodParameters(context, marks));
    }

    private static <A extends Annotation> List<AnnotatedMethod<A>> of(
            Object target, Class<A> annotation, MethodParameters kind) {
        refuseHidden(target.getClass(), annotation);
        var found = new ArrayList<AnnotatedMethod<A>>();
        for (var method : target.getClass().getMethods()) {
            var mark = method.getAnnotation(annotation);
            if (mark != null && !method.isBridge())
                found.add(new AnnotatedMethod<>(target, method, mark, kind));
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
        return call(arguments, context, "");
    }

    /** The same with the text for parameters that are marked as such. */
    public @Nullable Object call(Json arguments, Object context, String key) throws Exception {
        var values =
                switch (input.decodeStrictly(filled(arguments))) {
                    case Decoded.Ok<Object>(var decoded, _) -> (@Nullable Object[]) decoded;
                    case Decoded.Bad<Object>(var violations) ->
                            throw new SkeinException(
                                    new Invalid.Input("Arguments of '" + name + "'", violations));
                };
        return Access.call(method, target, with(values, context, key));
    }

    private Json filled(Json arguments) {
        if (!(arguments instanceof Json.Obj filled)) return arguments;
        for (var value : absent.entrySet())
            if (filled.get(value.getKey()).isNull())
                filled = filled.with(value.getKey(), value.getValue());
        return filled;
    }

    private @Nullable Object[] with(@Nullable Object[] values, Object context, String key) {
        if (given.isEmpty()) return values;
        var all = new ArrayList<@Nullable Object>(Arrays.asList(values));
        for (var one : given) all.add(one.position(), one.isKey() ? key : context);
        return all.toArray();
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
}
