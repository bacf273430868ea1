package dev.skein.runtime;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which endpoints of a run become tools of a session, and under which names.
 *
 * @param only null: all that exist
 * @param prefix put before each name
 * @param later also those that are exposed later
 */
public record Attach(@Nullable Set<String> only, String prefix, boolean later) {
    public Attach {
        if (only != null) only = Set.copyOf(only);
    }

    public static Attach all() {
        return new Attach(null, "", false);
    }

    public static Attach only(String... endpoints) {
        return new Attach(Set.copyOf(List.of(endpoints)), "", false);
    }

    public Attach prefix(String prefix) {
        return new Attach(only, prefix, later);
    }

    public Attach live() {
        return new Attach(only, prefix, true);
    }
}
