package dev.skein.json;

import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Method handles on the records and methods of others, private ones included. */
final class Access {
    private static final MethodType MAKER = MethodType.methodType(Object.class, Object[].class);
    private static final MethodType GETTER = MethodType.methodType(Object.class, Object.class);

    private Access() {}

    /** How records of that class are made and read. */
    static RecordCodec.Build record(Class<?> type, String path) {
        var components = type.getRecordComponents();
        var types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            var lookup = lookup(type);
            var constructor =
                    lookup.findConstructor(type, MethodType.methodType(void.class, types));
            var maker = constructor.asSpreader(Object[].class, types.length).asType(MAKER);
            var getters = new MethodHandle[components.length];
            for (int i = 0; i < getters.length; i++)
                getters[i] = lookup.unreflect(components[i].getAccessor()).asType(GETTER);
            return new Handles(maker, getters);
        } catch (IllegalAccessException closed) {
            throw closed(type, path, closed);
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The method of that object, taking its arguments as one array. */
    static MethodHandle method(Object target, Method method) {
        try {
            var found = lookup(method.getDeclaringClass()).unreflect(method);
            var handle = Modifier.isStatic(method.getModifiers()) ? found : found.bindTo(target);
            return handle.asFixedArity()
                    .asSpreader(Object[].class, method.getParameterCount())
                    .asType(MAKER);
        } catch (IllegalAccessException closed) {
            throw closed(
                    method.getDeclaringClass(),
                    method.getDeclaringClass().getSimpleName() + "." + method.getName(),
                    closed);
        }
    }

    /** All that the class itself may do; in a module that is not open to us, what it exports. */
    private static MethodHandles.Lookup lookup(Class<?> type) {
        Access.class.getModule().addReads(type.getModule());
        try {
            return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
        } catch (IllegalAccessException notOpen) {
            return MethodHandles.publicLookup();
        }
    }

    private static SkeinException closed(Class<?> type, String path, IllegalAccessException why) {
        var place = type.getModule().isNamed() ? type.getModule().getName() : "an unnamed module";
        var problem = "is in " + place + ", which does not open its package";
        var remedy =
                "Write in its module-info: opens " + type.getPackageName() + " to dev.skein.core;";
        return new SkeinException(new Invalid.Type(path, problem, remedy), why);
    }

    private static final class Handles implements RecordCodec.Build {
        private final MethodHandle maker;
        private final MethodHandle[] getters;

        Handles(MethodHandle maker, MethodHandle[] getters) {
            this.maker = maker;
            this.getters = getters;
        }

        @Override
        public Object make(@Nullable Object[] parts) throws Throwable {
            return maker.invokeExact(parts);
        }

        @Override
        public @Nullable Object part(Object value, int index) throws Throwable {
            return getters[index].invokeExact(value);
        }
    }
}
