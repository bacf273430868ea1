package dev.skein.testkit;

import dev.skein.json.Json;
import java.nio.ByteBuffer;

/** A part of a model's answer, in the order in which the model gives it. */
public sealed interface Piece {
    /** Text for the reader. */
    record Text(String text) implements Piece {}

    /**
     * Thinking, where the wire shows it; everywhere it counts as output, and as reasoning where
     * that is counted.
     */
    record Reasoning(String text) implements Piece {}

    /** A call of a tool. An empty id stands for one of the form that the provider gives. */
    record Call(String id, String tool, Json arguments) implements Piece {}

    /**
     * Bytes that are sent as they are: the whole body if the answer has nothing else, or an event
     * of their own in a stream, with its end mark.
     */
    record Raw(ByteBuffer bytes) implements Piece {
        /** Takes the bytes that are left in the buffer, which must not change any more. */
        public Raw {
            bytes = bytes.asReadOnlyBuffer();
        }

        byte[] copy() {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return copy;
        }
    }

    /**
     * A call whose arguments are a {@link Json}, a map, or a text of JSON; the provider gives the
     * id.
     */
    static Call call(String tool, Object arguments) {
        return new Call(
                "", tool, arguments instanceof String text ? Json.parse(text) : Json.of(arguments));
    }
}
