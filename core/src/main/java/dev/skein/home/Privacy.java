package dev.skein.home;

import dev.skein.failure.Denied;
import dev.skein.failure.SkeinException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Whether a folder is its user's alone.
 *
 * @param user the name of the user that this process runs as
 */
record Privacy(String user) {
    private static final Path SELF = Path.of("/proc/self");

    static Privacy ofProcess() throws IOException {
        return new Privacy(
                Files.exists(SELF)
                        ? Files.getOwner(SELF).getName()
                        : ProcessHandle.current().info().user().orElse(""));
    }

    /** What is wrong with the folder; empty if nothing is. */
    Optional<String> problem(Path folder) throws IOException {
        if (Files.isSymbolicLink(folder)) return Optional.of("is a symbolic link");
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS))
            return Optional.of("is no folder");
        var owner = Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).getName();
        if (!owner.equals(user))
            return Optional.of("belongs to " + owner + ", and this program runs as " + user);
        var mode =
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS));
        return mode.endsWith("------")
                ? Optional.empty()
                : Optional.of("can be opened by others: its mode is " + mode);
    }

    /**
     * The folder itself.
     *
     * @throws SkeinException with {@code denied.files} if others can get in, or might have
     */
    Path checked(Path folder) throws IOException {
        var problem = problem(folder);
        if (problem.isPresent())
            throw new SkeinException(new Denied.Files(folder.toString(), problem.get()));
        return folder;
    }
}
