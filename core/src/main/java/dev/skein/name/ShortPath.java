package dev.skein.name;

import dev.skein.failure.Conflict;
import dev.skein.failure.SkeinException;
import java.util.Collection;
import java.util.Optional;

/**
 * How people name runs and sessions by their end: {@code worker} for {@code pool/t0001/worker}.
 * Whole names only, and without regard to case.
 */
public final class ShortPath {
    private ShortPath() {}

    /**
     * The path that is meant: the very one, else the only one that ends so; empty if none does.
     *
     * @throws SkeinException with {@code conflict.ambiguous} and the candidates if several do
     */
    public static Optional<String> find(String asked, Collection<String> paths) {
        var key = NameRule.key(asked);
        for (var path : paths) if (NameRule.key(path).equals(key)) return Optional.of(path);
        var ending =
                paths.stream()
                        .filter(path -> NameRule.key(path).endsWith("/" + key))
                        .sorted()
                        .toList();
        if (ending.size() > 1) throw new SkeinException(new Conflict.Ambiguous(asked, ending));
        return ending.stream().findFirst();
    }
}
