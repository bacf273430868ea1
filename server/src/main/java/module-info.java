import org.jspecify.annotations.NullMarked;

/**
 * The one listener: shows what a runtime does to the outside, and lets it steer. Found by the
 * runtime itself; nobody needs to call it.
 */
@NullMarked
module dev.skein.server {
    requires transitive dev.skein.core;
    requires jdk.net;

    exports dev.skein.server;

    provides dev.skein.runtime.Companion with
            dev.skein.server.Presence;
}
