package dev.skein.testkit;

import dev.skein.json.Json;
import dev.skein.model.Usage;
import dev.skein.testkit.loop.Answer;
import java.util.List;

/**
 * Answers requests that no wire answers: what clients look at before they ask, and paths that are
 * wrong.
 */
final class Elsewhere {
    private Elsewhere() {}

    static Answer answer(
            FakeProvider provider, String method, String path, List<Dialect> dialects) {
        provider.books().asked();
        var refusal =
                Refusal.of(
                        404,
                        Json.object("error", "Nothing answers " + method + " " + path + " here."));
        for (var dialect : dialects) {
            if (!path.startsWith(dialect.base())) {
                continue;
            }
            var found = dialect.look(path.substring(dialect.base().length()));
            refusal =
                    found.isPresent() && method.equals("GET")
                            ? Refusal.of(200, found.get())
                            : dialect.problem(
                                    404, "Nothing answers " + method + " " + path + " here.");
        }
        return new Dispatch(provider.books(), provider.pace(), List.of())
                .send(Delivery.of(refusal), Usage.none(), () -> {});
    }
}
