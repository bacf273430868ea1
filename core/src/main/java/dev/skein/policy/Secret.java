package dev.skein.policy;

import java.util.function.Function;

/**
 * A value that must not be shown: it has no accessor but {@link #reveal}, and prints as its name.
 */
public final class Secret {
    private final String name;
    private final char[] value;

    private Secret(String name, char[] value) {
        this.name = name;
        this.value = value;
    }

    /** Takes the array for its own. */
    public static Secret of(String name, char[] value) {
        return new Secret(name, value);
    }

    public String name() {
        return name;
    }

    /** Lends a copy to the one place that needs it: the writer of a header. */
    public <T> T reveal(Function<char[], T> use) {
        return use.apply(value.clone());
    }

    @Override
    public String toString() {
        return "‹secret:" + name + "›";
    }
}
