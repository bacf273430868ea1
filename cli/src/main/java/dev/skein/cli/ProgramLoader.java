package dev.skein.cli;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;

/**
 * Loads the classes of a program from memory; everything else comes from the command's own path.
 */
final class ProgramLoader extends ClassLoader {
    private final Program program;

    ProgramLoader(Program program) {
        super(ProgramLoader.class.getClassLoader());
        this.program = program;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        var bytes = program.classes().get(name);
        if (bytes == null) throw new ClassNotFoundException(name);
        return defineClass(name, bytes, 0, bytes.length);
    }

    /** Runs the main method on this thread. Throws what it throws. */
    void main(List<String> arguments) throws Throwable {
        var handle = handle();
        if (program.entry().arguments()) handle.invoke(arguments.toArray(String[]::new));
        else handle.invoke();
    }

    private MethodHandle handle() throws Throwable {
        var entry = program.entry();
        var type = loadClass(entry.type());
        var inside = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
        var shape =
                entry.arguments()
                        ? MethodType.methodType(void.class, String[].class)
                        : MethodType.methodType(void.class);
        if (entry.ofClass()) return inside.findStatic(type, "main", shape);
        var maker = inside.findConstructor(type, MethodType.methodType(void.class));
        return inside.findVirtual(type, "main", shape).bindTo(maker.invoke());
    }
}
