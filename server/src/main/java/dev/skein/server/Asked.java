package dev.skein.server;

import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import java.util.List;

/** The fields of a request's body. What is not known there is refused, never passed over. */
record Asked(Json body) {
    /**
     * The body of a call.
     *
     * @throws SkeinException with {@code invalid.body} if it has another field
     */
    static Asked of(Call call, String... known) {
        if (!call.body().isNull() && !(call.body() instanceof Json.Obj))
            throw refused("the body", "is not an object");
        for (var name : call.body().fields().keySet())
            if (!List.of(known).contains(name))
                throw refused("/" + name, "unknown field; known are " + String.join(", ", known));
        return new Asked(call.body());
    }

    String required(String name) {
        var text = optional(name, "");
        if (text.isEmpty()) throw refused("/" + name, "must be a text");
        return text;
    }

    String optional(String name, String otherwise) {
        var value = body.get(name);
        if (value.isNull()) return otherwise;
        if (value instanceof Json.Text(var text)) return text;
        throw refused("/" + name, "must be a text");
    }

    boolean flag(String name) {
        var value = body.get(name);
        if (value.isNull()) return false;
        if (value instanceof Json.Bool(var truth)) return truth;
        throw refused("/" + name, "must be true or false");
    }

    static SkeinException refused(String where, String problem) {
        return new SkeinException(
                new Invalid.Body(where, problem, "Send what the route's documentation says."));
    }
}
