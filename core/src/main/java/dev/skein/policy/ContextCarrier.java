package dev.skein.policy;

import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Carries ambient values, such as a tracer's context, from where a run was asked for to the threads
 * that carry it out.
 */
public interface ContextCarrier {
    /** What is around the calling thread; at most 8 KiB. */
    Map<String, String> capture();

    /** Does the work with what was carried around it. */
    <T> T within(Map<String, String> carried, Callable<T> work) throws Exception;
}
