package dev.skein.json;

import java.lang.annotation.Annotation;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Annotations of somebody else's by which parameters of methods are described.
 *
 * @param mark describes a parameter
 * @param hint what it says
 * @param keyed marks a text that is given at each call and is not part of the input
 */
public record ParameterMarks<P extends Annotation>(
        Class<P> mark, Function<P, Hint> hint, Class<? extends Annotation> keyed) {
    /**
     * What is said of a parameter. Empty texts say nothing, and a primitive without a value for its
     * absence is required whatever is said.
     *
     * @param absent its value where a call has none: text for texts and constants, JSON for all
     *     else; null if there is no such value
     */
    public record Hint(
            String name, String description, boolean required, @Nullable String absent) {}
}
