package dev.skein.home;

import dev.skein.policy.Environment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Where a control socket is: in its runtime's folder, unless the system takes no path of that
 * length.
 */
final class SocketPlace {
    static final int LONGEST = 100;

    private static final String TEMPORARY = "skein-";
    private static final String NAME = "control.sock";

    private SocketPlace() {}

    static Path in(Path folder, Environment environment) throws IOException {
        var own = folder.resolve(NAME);
        if (fits(own)) return own;
        var shared = inSession(folder.getFileName() + ".sock", environment);
        if (shared.isPresent()) return shared.get();
        var temporary = inTemporary(Path.of(System.getProperty("java.io.tmpdir")));
        return fits(temporary) ? temporary : inTemporary(Path.of("/tmp"));
    }

    /** Removes a socket that is not in the folder of its runtime. */
    static void remove(RuntimeCard card) throws IOException {
        if (card.socket() == null) return;
        var socket = Path.of(card.socket());
        Files.deleteIfExists(socket);
        var folder = socket.getParent();
        if (folder != null && folder.getFileName().toString().startsWith(TEMPORARY))
            Files.deleteIfExists(folder);
    }

    private static Optional<Path> inSession(String name, Environment environment)
            throws IOException {
        var session = environment.variable("XDG_RUNTIME_DIR").map(Path::of);
        if (session.isEmpty() || !Files.isDirectory(session.get())) return Optional.empty();
        var folder = session.get().resolve("skein");
        var socket = folder.resolve(name);
        if (!fits(socket)) return Optional.empty();
        Privacy.ofProcess().checked(PrivateFiles.folder(folder));
        return Optional.of(socket);
    }

    private static Path inTemporary(Path temporary) throws IOException {
        var mode = PosixFilePermissions.fromString("rwx------");
        var folder =
                Files.createTempDirectory(
                        temporary, TEMPORARY, PosixFilePermissions.asFileAttribute(mode));
        return folder.resolve(NAME);
    }

    private static boolean fits(Path socket) {
        return socket.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST;
    }
}
