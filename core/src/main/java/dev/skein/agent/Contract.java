package dev.skein.agent;

import dev.skein.failure.Findings;
import dev.skein.json.JsonType;

/**
 * What goes in and what must come out.
 *
 * @param repairs how often an answer that does not fit is asked for again, 0 to 5; 2
 */
public record Contract<O>(JsonType<?> input, JsonType<O> output, int repairs) {
    private static final int MOST_REPAIRS = 5;

    public Contract {
        new Findings("contract")
                .check(
                        repairs >= 0 && repairs <= MOST_REPAIRS,
                        "repairs must be 0 to 5, was %s",
                        repairs)
                .orThrow();
    }

    /** Text in. */
    public static <O> Contract<O> of(JsonType<O> output) {
        return new Contract<>(JsonType.text(), output, 2);
    }

    public Contract<O> withInput(JsonType<?> input) {
        return new Contract<>(input, output, repairs);
    }

    public Contract<O> withRepairs(int repairs) {
        return new Contract<>(input, output, repairs);
    }
}
