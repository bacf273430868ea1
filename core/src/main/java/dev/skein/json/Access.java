package dev.skein.json;

import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records and methods of others, private ones included. What is found is kept and called again
 * and again; the platform turns that into method handles where it pays, and not before: a short
 * program never waits for them.
 */
final class Access {
    private Access() {}

    /** How records of that class are made and read. */
    static RecordCodec.Build record(Class<?> type, String path) {
        var components = type.getRecordComponents();
        var types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            var constructor = type.getDeclaredConstructor(types);
            open(constructor, type, constructor.getModifiers(), path);
            var accessors = Arrays.stream(components).map(RecordComponent::getAccessor).toList();
            for (var accessor : accessors) open(accessor, type, accessor.getModifiers(), path);
            return new Reflected(constructor, accessors);
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Makes the method callable. */
    static Method method(Method method) {
        var type = method.getDeclaringClass();
        open(method, type, method.getModifiers(), type.getSimpleName() + "." + method.getName());
        return method;
    }

    /**
     * Calls it.
     *
     * @throws Exception what it threw, as it is
     */
    static @Nullable Object call(
            Method method, @Nullable Object target, @Nullable Object[] arguments) throws Exception {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw unwrapped(thrown);
        }
    }

    private static Exception unwrapped(InvocationTargetException thrown) {
        return switch (thrown.getCause()) {
            case Exception exception -> exception;
            case Error error -> throw error;
            case null, default -> thrown;
        };
    }

    private static void open(AccessibleObject member, Class<?> type, int modifiers, String path) {
        if (member.trySetAccessible()) return;
        boolean exported =
                type.getModule().isExported(type.getPackageName(), Access.class.getModule());
        if (exported && Modifier.isPublic(type.getModifiers()) && Modifier.isPublic(modifiers))
            return;
        var problem = "is in " + type.getModule() + ", which does not open its package";
        var remedy =
                "Write in its module-info: opens " + type.getPackageName() + " to dev.skein.core;";
        throw new SkeinException(new Invalid.Type(path, problem, remedy));
    }

    private record Reflected(Constructor<?> constructor, List<Method> accessors)
            implements RecordCodec.Build {
        @Override
        public Object make(@Nullable Object[] parts) throws Exception {
            try {
                return constructor.newInstance(parts);
            } catch (InvocationTargetException thrown) {
                throw unwrapped(thrown);
            }
        }

        @Override
        public @Nullable Object part(Object value, int index) throws Exception {
            return call(accessors.get(index), value, NONE);
        }

        private static final Object[] NONE = {};
    }
}
