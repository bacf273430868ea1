/**
 * The wire of Anthropic's messages. Hidden; imports words, {@code dev.skein.http} and {@code wire}.
 */
package dev.skein.models.anthropic;
