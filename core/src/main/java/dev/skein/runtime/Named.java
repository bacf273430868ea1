package dev.skein.runtime;

import org.jspecify.annotations.Nullable;

/** A workflow under a name and options of its own. */
record Named<I extends @Nullable Object, O extends @Nullable Object>(
        String name, Workflow<I, O> body, Workflow.Options options) implements Workflow<I, O> {
    @Override
    public O run(Scope scope, I input) throws Exception {
        return body.run(scope, input);
    }
}
