package dev.skein.benchmarks.harness;

/**
 * A framework under test. Each call is a whole run that ends in a typed answer; calls come from
 * many threads at once. All subjects say the same words to the same model.
 */
public interface Subject extends AutoCloseable {
    /** What the model is told about itself. */
    String INSTRUCTIONS = "You are a weather analyst. Answer with JSON only.";

    /** What it is asked. */
    String QUESTION = "What is the weather in Paris today?";

    /** The model's name. */
    String MODEL = "gpt-4o-mini";

    /** The key that it wants. */
    String KEY = "sk-fake";

    /** The name of the one tool. */
    String TOOL = "weather";

    /** The description of the one tool. */
    String TOOL_DESCRIPTION = "Weather of a city";

    /** What the one tool answers. */
    static String weather(String city) {
        return city + ": 22C, sunny";
    }

    /** The model is asked once. */
    Finding one() throws Exception;

    /** The model asks for the tool once, gets its result and answers. */
    Finding tool() throws Exception;

    @Override
    default void close() {}

    /** Makes the subject. */
    interface Maker {
        /**
         * A subject that is ready to run.
         *
         * @param address where the model is, such as {@code http://127.0.0.1:4000/v1}
         */
        Subject open(String address) throws Exception;
    }
}
