package dev.skein.policy;

import java.util.Map;
import java.util.Optional;

/**
 * The variables of the process, or those that a program gives instead. The only way by which they
 * are read.
 */
@FunctionalInterface
public interface Environment {
    /** Empty if it is not set, or set to nothing. */
    Optional<String> variable(String name);

    /** A variable that must not be shown. */
    default Optional<Secret> secret(String name) {
        return variable(name).map(value -> Secret.of(name, value.toCharArray()));
    }

    static Environment ofProcess() {
        return of(System.getenv());
    }

    static Environment of(Map<String, String> variables) {
        var fixed = Map.copyOf(variables);
        return name -> Optional.ofNullable(fixed.get(name)).filter(value -> !value.isBlank());
    }
}
