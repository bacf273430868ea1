import org.jspecify.annotations.NullMarked;

/** Kinds of programs that can play agents of live sessions. */
@NullMarked
module dev.skein.harnesses {
    requires transitive dev.skein.core;
    requires jdk.net;

    exports dev.skein.harnesses.link;
}
