/**
 * The engine: one flat package, nearly all of it package-private. {@link
 * dev.skein.runtime.AgentRuntime} is the door.
 */
package dev.skein.runtime;
