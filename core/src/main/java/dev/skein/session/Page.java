package dev.skein.session;

import dev.skein.name.Namespace;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is asked of a list of sessions, as {@link SessionStore#list} says. */
record Page(@Nullable Namespace prefix, @Nullable SessionKey after, int limit) {
    List<SessionKey> of(Stream<SessionKey> keys) {
        return keys.filter(key -> prefix == null || prefix.covers(key.namespace()))
                .filter(key -> after == null || key.compareTo(after) > 0)
                .sorted()
                .limit(limit)
                .toList();
    }
}
