import org.jspecify.annotations.NullMarked;

/** The words and the engine of Skein: agents, tasks, tools, models, sessions and the runtime. */
@NullMarked
module dev.skein.core {
    requires transitive org.jspecify;
    requires org.slf4j;
    requires tools.jackson.core;

    exports dev.skein.failure;
    exports dev.skein.json;
    exports dev.skein.policy;
}
