package dev.skein.cli;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.skein.failure.Invalid;
import dev.skein.policy.Environment;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What the doctor sees of the computer. Contacts nobody and starts nothing. */
record Machine(Environment environment) {
    private static final long LEAST_FREE = 512L << 20;
    private static final long LEAST_FILES = 1024;

    List<Row> rows() {
        var folders = new Folders(environment);
        return List.of(
                Row.ok("java", Runtime.version() + " (" + Launch.javaHome() + ")"),
                home(folders.home()),
                space(folders.cache()),
                openFiles(),
                terminal(),
                program("tmux", "needed only for agents in panes"),
                program("node", "needed only for agents that are Node programs"),
                program("docker", "needed only for container machines"));
    }

    private static Row home(Path home) {
        if (Files.notExists(home)) return Row.ok("home", home + ", not made yet");
        try {
            int mode = (int) Files.getAttribute(home, "unix:mode") & 0777;
            if (!Files.isWritable(home)) return unwritable("home", home);
            var text = String.format(Locale.ROOT, "%s, mode %04o", home, mode);
            return (mode & 077) == 0
                    ? Row.ok("home", text)
                    : Row.warn("home", text + ": others get in. chmod 700 " + home);
        } catch (IOException e) {
            return unwritable("home", home);
        }
    }

    private static Row space(Path cache) {
        var there = Stream.iterate(cache, Path::getParent).filter(Files::exists).findFirst();
        if (there.isEmpty() || !Files.isWritable(there.get()))
            return Row.warn("cache", cache + " cannot be written: programs are compiled each time");
        try {
            long free = Files.getFileStore(there.get()).getUsableSpace();
            var text = cache + ", " + (free >> 20) + " MiB free";
            return free < LEAST_FREE ? Row.warn("cache", text) : Row.ok("cache", text);
        } catch (IOException e) {
            return unwritable("cache", cache);
        }
    }

    private static Row unwritable(String name, Path path) {
        return Row.error(
                name,
                new Invalid.Call(
                        path + " cannot be written", "Give yourself the right to write it."));
    }

    private static Row openFiles() {
        if (!(ManagementFactory.getOperatingSystemMXBean()
                instanceof UnixOperatingSystemMXBean system))
            return Row.none("files", "limit unknown");
        long most = system.getMaxFileDescriptorCount();
        return most < LEAST_FILES
                ? Row.warn("files", most + " may be open at once. Raise it: ulimit -n 65536")
                : Row.ok("files", most + " may be open at once");
    }

    private Row terminal() {
        return environment
                .variable("SKEIN_TERMINAL")
                .map(size -> Row.ok("terminal", size.replace(" ", " lines, ") + " columns"))
                .orElse(Row.none("terminal", "output goes elsewhere"));
    }

    private Row program(String name, String use) {
        return found(name)
                .map(path -> Row.ok(name, path.toString()))
                .orElse(Row.none(name, "not found; " + use));
    }

    private Optional<Path> found(String name) {
        return Stream.of(environment.variable("PATH").orElse("").split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
