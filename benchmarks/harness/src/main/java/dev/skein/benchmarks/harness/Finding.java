package dev.skein.benchmarks.harness;

import java.util.List;

/** The typed answer that every run must end with. */
public record Finding(
        String city, int tempC, String summary, double confidence, List<String> sources) {

    /**
     * This finding, if it is the one that the model gave.
     *
     * @throws IllegalStateException if anything in it is wrong
     */
    public Finding checked() {
        if (!city.equals("Paris") || tempC != 22 || sources.size() != 2)
            throw new IllegalStateException("wrong answer " + this);
        return this;
    }
}
