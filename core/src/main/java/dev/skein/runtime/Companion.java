package dev.skein.runtime;

/**
 * Accompanies a runtime from its first workflow on: found on the path by {@link
 * java.util.ServiceLoader}.
 */
public interface Companion {
    /**
     * The first workflow is about to begin; short.
     *
     * @return closed after the runs and before the journal when the runtime closes
     * @throws Exception if it cannot; that is said and hurts no run
     */
    AutoCloseable accompany(AgentRuntime runtime) throws Exception;
}
