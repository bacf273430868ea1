package dev.skein.runtime;

import dev.skein.agent.Agent;
import dev.skein.agent.AgentRules;
import dev.skein.agent.Task;
import dev.skein.json.Json;
import dev.skein.name.Namespace;
import org.jspecify.annotations.Nullable;

/** What a run carries out, and the last name of its path. */
sealed interface Target<O extends @Nullable Object> {
    /** The agent's or the workflow's. */
    String name();

    String as();

    Json input();

    AgentRules rules();

    /** Null: the parent's. */
    @Nullable Namespace namespace();

    Json encode(O output);

    record OfAgent<O>(Agent<O> agent, Task task, String as) implements Target<O> {
        @Override
        public String name() {
            return agent.name();
        }

        @Override
        public Json input() {
            return task.input();
        }

        @Override
        public AgentRules rules() {
            return agent.rules();
        }

        @Override
        public @Nullable Namespace namespace() {
            return task.namespace();
        }

        @Override
        public Json encode(O output) {
            return agent.output().encode(output);
        }
    }

    record OfWorkflow<I extends @Nullable Object, O extends @Nullable Object>(
            Workflow<I, O> workflow, I given, String as) implements Target<O> {
        @Override
        public String name() {
            return workflow.name();
        }

        @Override
        public Json input() {
            return Shown.of(given);
        }

        @Override
        public AgentRules rules() {
            var budget = workflow.options().budget();
            return budget == null ? AgentRules.none() : AgentRules.none().withBudget(budget);
        }

        @Override
        public @Nullable Namespace namespace() {
            return workflow.options().namespace();
        }

        @Override
        public Json encode(O output) {
            return Shown.of(output);
        }
    }
}
