package dev.skein.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * How many connections a process can have. What is beyond the limit of its open files fails, with
 * everything else that needs a file; so connections are queued before that.
 */
final class Descriptors {
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Pattern OPEN_FILES = Pattern.compile("Max open files +(\\d{1,9}) ");

    /** What a Java program may have where the system does not tell: that of macOS. */
    private static final int USUAL = 10_240;

    private Descriptors() {}

    /** Three quarters of the limit; the rest is left to files and to other sockets. */
    static int forConnections() {
        try {
            return forConnections(Files.readString(LIMITS));
        } catch (IOException e) {
            return share(USUAL); // not Linux
        }
    }

    static int forConnections(String limits) {
        var found = OPEN_FILES.matcher(limits);
        return found.find() ? share(Integer.parseInt(found.group(1))) : Integer.MAX_VALUE;
    }

    private static int share(int descriptors) {
        return Math.max(1, descriptors / 4 * 3);
    }
}
