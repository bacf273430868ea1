package dev.skein.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version that the jar says. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        var version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"skein " + Objects.requireNonNullElse(version, "development")};
    }
}
