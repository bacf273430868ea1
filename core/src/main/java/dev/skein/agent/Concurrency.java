package dev.skein.agent;

/** How many model calls of an agent may be open at once. */
public sealed interface Concurrency {
    record Unlimited() implements Concurrency {}

    /** Of this agent alone. */
    record Own(int calls) implements Concurrency {}

    /** Of all agents of a group that the runtime names. */
    record Shared(String group) implements Concurrency {}
}
