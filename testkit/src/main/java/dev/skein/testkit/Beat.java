package dev.skein.testkit;

/** One thing that happened in a run, in the words in which its story is told. */
sealed interface Beat {
    /** The model is asked. */
    record Turn(int number, String model) implements Beat {}

    /** What the model said beside its calls. */
    record Said(String text) implements Beat {}

    /** The model asked for a call; the arguments are canonical JSON. */
    record Called(String id, String tool, String arguments) implements Beat {}

    /** The gate refused a call. */
    record Refused(String id, String tool, String code, String message) implements Beat {}

    /** A person or program was asked whether a call may happen. */
    record Asked(String tool, String reasons) implements Beat {}

    /** What came of a call, as the model was told. */
    record Returned(String id, String tool, String text, boolean error) implements Beat {}

    /** The model was told what is wrong with its answer. */
    record Repaired(String problem) implements Beat {}

    /** A try to get an answer from the model failed. */
    record Tried(String code, String message, int attempt) implements Beat {}

    /** Anything else that a reader of the story wants to know. */
    record Noted(String text) implements Beat {}
}
