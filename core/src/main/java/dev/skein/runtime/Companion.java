package dev.skein.runtime;

/**
 * Accompanies a runtime from its first workflow on: found on the path by {@link
 * java.util.ServiceLoader}.
 */
public interface Companion {
    /**
     * The first workflow is about to begin, or the runtime was opened with {@link
     * dev.skein.policy.Control#requireControl} or {@link dev.skein.policy.Control.RunFiles#ALL};
     * short.
     *
     * @return closed after the runs and before the journal when the runtime closes. If it is a
     *     {@link dev.skein.machine.Processes.Book} too, it is told of the processes of machines
     * @throws Exception if it cannot; that is said and hurts no run, unless control is required:
     *     then the runtime does not open
     */
    AutoCloseable accompany(AgentRuntime runtime) throws Exception;
}
