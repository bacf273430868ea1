package dev.skein.event;

/**
 * The address of content: texts of people, models and tools are kept once and named by this.
 *
 * @param hash SHA-256 of the bytes, lower-case hexadecimal
 * @param size in bytes
 */
public record Ref(String hash, long size, String mediaType) {}
