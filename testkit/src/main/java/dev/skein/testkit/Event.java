package dev.skein.testkit;

import dev.skein.json.Json;

/** One event of a stream, before it is framed. */
sealed interface Event {
    /** JSON; the name is empty where the wire does not name its events. */
    record Document(String name, Json json) implements Event {}

    /** The provider's error of that name, where a wire tells errors from events. */
    record Thrown(String name, Json json) implements Event {}

    /** A word that is no JSON. */
    record Word(String word) implements Event {}

    /** Bytes that somebody framed already. */
    record Framed(Piece.Raw raw) implements Event {}

    static Event of(Json json) {
        return new Document("", json);
    }

    /** An event whose name is also the type in its data. */
    static Event typed(Json.Obj json) {
        return new Document(json.get("type").text(), json);
    }
}
