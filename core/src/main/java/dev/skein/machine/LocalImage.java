package dev.skein.machine;

import java.nio.file.Path;
import java.util.Map;

/**
 * A plain folder of this computer. <b>Nothing shuts its processes in</b>: what runs there has the
 * rights of the user who started this program. For Linux and macOS; off Linux a process that left
 * its parents is not found again.
 *
 * @param directory the workspace; made for its owner alone if it is not there, and never deleted
 * @param env variables of everything that runs in it
 */
public record LocalImage(Path directory, Map<String, String> env) implements Image {
    public LocalImage {
        directory = directory.toAbsolutePath().normalize();
        env = Map.copyOf(env);
    }

    /** With no variables of its own. The name says what it is. */
    public static LocalImage unsafe(Path directory) {
        return new LocalImage(directory, Map.of());
    }

    public LocalImage withEnv(Map<String, String> env) {
        return new LocalImage(directory, env);
    }

    @Override
    public String id() {
        return "local:" + directory;
    }

    @Override
    public Machine spawn(Place place) throws InterruptedException {
        if (Thread.interrupted()) throw new InterruptedException();
        return LocalMachine.open(this, place);
    }
}
