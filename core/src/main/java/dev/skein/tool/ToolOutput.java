package dev.skein.tool;

import dev.skein.failure.Failure;
import dev.skein.json.Json;

/** What a tool gives back. */
public sealed interface ToolOutput {
    record Text(String text) implements ToolOutput {}

    record Value(Json value) implements ToolOutput {}

    /** The call went wrong in a way that the model can be told. */
    @SuppressWarnings("AvoidCommonTypeNames") // what a model is told is an error
    record Error(Failure failure) implements ToolOutput {}
}
