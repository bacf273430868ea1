package dev.skein.cli;

import dev.skein.policy.Environment;
import java.nio.file.Path;

/** Where things of the user are kept. */
record Folders(Environment environment) {
    /** What can be made again: {@code $XDG_CACHE_HOME/skein}, else {@code ~/.cache/skein}. */
    Path cache() {
        return environment
                .variable("XDG_CACHE_HOME")
                .map(Path::of)
                .filter(Path::isAbsolute)
                .orElseGet(() -> user().resolve(".cache"))
                .resolve("skein");
    }

    /** What cannot: {@code $SKEIN_HOME}, else {@code ~/.skein}. */
    Path home() {
        return environment.variable("SKEIN_HOME").map(Path::of).orElse(user().resolve(".skein"));
    }

    private Path user() {
        return Path.of(environment.variable("HOME").orElse("/"));
    }
}
