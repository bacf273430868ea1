import org.jspecify.annotations.NullMarked;

/** The command {@code skein}. */
@NullMarked
module dev.skein.cli {
    requires dev.skein.core;
    requires dev.skein.models;
    requires dev.skein.server;
    requires info.picocli;
    requires java.compiler;
    requires java.management;
    requires jdk.compiler;
    requires jdk.management;
    requires jdk.unsupported;
}
