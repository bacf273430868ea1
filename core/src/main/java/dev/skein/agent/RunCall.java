package dev.skein.agent;

/** What an interceptor sees of a run before it begins. */
public record RunCall<O>(Agent<O> agent, Task task, RunView run) {
    public RunCall<O> withTask(Task task) {
        return new RunCall<>(agent, task, run);
    }
}
