import org.jspecify.annotations.NullMarked;

/** The words and the engine of Skein: agents, tasks, tools, models, sessions and the runtime. */
@NullMarked
@SuppressWarnings("module") // the modules that hidden packages are open to are built after this one
module dev.skein.core {
    // Not static: @Nullable decides, as the program runs, what a schema requires.
    requires transitive org.jspecify;
    requires jdk.unsupported;
    requires org.slf4j;

    exports dev.skein.agent;
    exports dev.skein.event;
    exports dev.skein.failure;
    exports dev.skein.home to
            dev.skein.cli,
            dev.skein.harnesses,
            dev.skein.server;
    exports dev.skein.http to
            dev.skein.benchmarks,
            dev.skein.cli,
            dev.skein.models,
            dev.skein.server;
    exports dev.skein.harness;
    exports dev.skein.json;
    exports dev.skein.machine;
    exports dev.skein.model;
    exports dev.skein.name;
    exports dev.skein.policy;
    exports dev.skein.runtime;
    exports dev.skein.session;
    exports dev.skein.tool;
    exports dev.skein.view;

    uses dev.skein.model.Provider;
    uses dev.skein.runtime.Companion;
}
