package dev.skein.cli;

import java.util.Map;

/** A compiled source file: where it starts, and its class files by binary name. */
record Program(Entry entry, Map<String, byte[]> classes) {
    Program {
        classes = Map.copyOf(classes);
    }

    /**
     * The main method.
     *
     * @param type binary name of the class that is started
     * @param ofClass whether it is static; else an instance is made for it
     * @param arguments whether it takes the arguments
     */
    record Entry(String type, boolean ofClass, boolean arguments) {}
}
