package dev.skein.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A file that only its owner can read, and that others never see half written. */
record PrivateFile(Path path) {

    /** Replaces the file, or leaves what was there. Makes the folders above it. */
    void write(byte[] bytes) throws IOException {
        var folder = path.toAbsolutePath().getParent();
        Files.createDirectories(
                folder,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        // Files made like this have the mode 0600.
        var part = Files.createTempFile(folder, path.getFileName().toString(), ".part");
        try {
            Files.write(part, bytes);
            Files.move(part, path, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
