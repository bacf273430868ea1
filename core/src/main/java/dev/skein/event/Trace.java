package dev.skein.event;

/**
 * W3C trace context: 16 and 8 bytes in lower-case hexadecimal. A child's trace id is its root's.
 */
public record Trace(String traceId, String spanId) {}
