package dev.skein.name;

import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import java.util.Locale;
import java.util.Optional;

/**
 * The one rule for the names of agents, sessions, workflows and endpoints: 1 to 48 characters, a
 * letter first, then letters, digits, {@code _} and {@code -}. Names keep their case and are
 * compared without it.
 */
public final class NameRule {
    private static final int LONGEST = 48;

    private NameRule() {}

    /** What is wrong with the name, or empty if it may be used. */
    public static Optional<String> problem(String name) {
        return fits(name, LONGEST)
                ? Optional.empty()
                : Optional.of(
                        "name '" + name + "' is not 1 to 48 characters [A-Za-z][A-Za-z0-9_-]*");
    }

    /** The same characters with another greatest length: tools may have 64. */
    public static boolean fits(String name, int longest) {
        if (name.isEmpty() || name.length() > longest || !isLetter(name.charAt(0))) return false;
        return name.chars()
                .allMatch(c -> isLetter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-');
    }

    /**
     * The name itself.
     *
     * @throws SkeinException with {@code invalid.name} if it breaks the rule
     */
    public static String checked(String name) {
        problem(name)
                .ifPresent(problem -> {
                    throw new SkeinException(new Invalid.Name(name, problem));
                });
        return name;
    }

    /** The form under which names are compared and looked up. */
    public static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static boolean isLetter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
