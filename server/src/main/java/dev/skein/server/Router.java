package dev.skein.server;

import dev.skein.failure.Missing;
import dev.skein.failure.SkeinException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the route of a call and has it answer. */
record Router(List<Route> routes) {

    /**
     * What the route answers.
     *
     * @throws Exception what the route throws
     */
    Reply answer(Call call) throws Exception {
        for (var route : routes) {
            var parts = parts(route.path(), call.path());
            if (parts.isPresent() && route.method().equals(call.method()))
                return route.handle().on(call.withParts(parts.get()));
        }
        var missing = new Missing.Route(call.method(), call.path());
        var others = methods(call.path());
        if (others.isEmpty()) throw new SkeinException(missing);
        return Reply.failed(405, Map.of("Allow", others), missing);
    }

    private String methods(String path) {
        return routes.stream()
                .filter(route -> parts(route.path(), path).isPresent())
                .map(Route::method)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** What the parts in braces stand for, if the path fits the pattern. */
    private static Optional<Map<String, String>> parts(String pattern, String path) {
        var wanted = pattern.split("/", -1);
        var given = path.split("/", -1);
        if (wanted.length != given.length) return Optional.empty();
        var parts = new HashMap<String, String>();
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].startsWith("{") && !given[i].isEmpty())
                parts.put(wanted[i].substring(1, wanted[i].length() - 1), Query.decoded(given[i]));
            else if (!wanted[i].equals(given[i])) return Optional.empty();
        }
        return Optional.of(Map.copyOf(parts));
    }
}
