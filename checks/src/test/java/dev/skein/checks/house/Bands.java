package dev.skein.checks.house;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which part of the house may know which: a room may use itself and the rooms of earlier bands,
 * never one beside it.
 *
 * @param prefix the package that all rooms are in, with its last dot
 * @param bands the rooms, first the ones that everybody may use
 */
record Bands(String prefix, List<List<Room>> bands) {

    /** The bands of Skein. A package that is in no room is a breach. */
    static final Bands SKEIN =
            new Bands(
                    "dev.skein.",
                    List.of(
                            List.of(
                                    room(
                                            "words",
                                            "failure",
                                            "json",
                                            "name",
                                            "tool",
                                            "model",
                                            "event",
                                            "session",
                                            "agent",
                                            "policy",
                                            "machine",
                                            "harness",
                                            "registry",
                                            "home")),
                            List.of(
                                    room("engine", "runtime"),
                                    room("view", "view"),
                                    room("http", "http")),
                            List.of(
                                    room("models", "models"),
                                    room("server", "server"),
                                    room("testkit", "testkit")),
                            List.of(room("harnesses", "harnesses")),
                            List.of(room("cli", "cli"), room("benchmarks", "benchmarks"))));

    /** Packages that know each other. */
    record Room(String name, Set<String> packages) {}

    private record Place(int band, Room room) {}

    static Room room(String name, String... packages) {
        return new Room(name, Set.copyOf(Arrays.asList(packages)));
    }

    Stream<Breach> breaches(JavaClass type) {
        Optional<Place> own = place(type);
        if (own.isEmpty()) return Stream.of(breach(type, "its package is in no room"));
        return type.getDirectDependenciesFromSelf().stream()
                .map(Dependency::getTargetClass)
                .map(JavaClass::getBaseComponentType)
                .filter(used -> used.getName().startsWith(prefix))
                .distinct()
                .filter(used -> !place(used).map(other -> mayUse(own.get(), other)).orElse(false))
                .map(used -> breach(type, "must not know " + used.getName()));
    }

    private static boolean mayUse(Place own, Place other) {
        return other.band < own.band || other.room.equals(own.room);
    }

    private Optional<Place> place(JavaClass type) {
        if (!type.getPackageName().startsWith(prefix)) return Optional.empty();
        String first = type.getPackageName().substring(prefix.length()).split("\\.", 2)[0];
        for (int band = 0; band < bands.size(); band++) {
            for (Room room : bands.get(band)) {
                if (room.packages.contains(first)) return Optional.of(new Place(band, room));
            }
        }
        return Optional.empty();
    }

    private static Breach breach(JavaClass type, String what) {
        return new Breach("bands", type.getName(), what);
    }
}
