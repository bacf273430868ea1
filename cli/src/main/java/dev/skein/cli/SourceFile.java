package dev.skein.cli;

import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A source file as it was when it was read, once: what is looked up is what is compiled. */
record SourceFile(Path path, String text) {

    /**
     * Reads the file.
     *
     * @throws SkeinException with {@code invalid.call} that says why it cannot be read
     */
    static SourceFile read(Path path) {
        if (Files.isDirectory(path)) throw unreadable(path, "it is a folder", "Name a file in it.");
        try {
            return new SourceFile(path, Files.readString(path));
        } catch (CharacterCodingException e) {
            throw unreadable(path, "it is not UTF-8", "Save it as UTF-8.");
        } catch (AccessDeniedException e) {
            throw unreadable(path, "permission denied", "Allow it: chmod u+r " + path);
        } catch (IOException e) {
            throw unreadable(path, e.toString(), "Check the path and the disk.");
        }
    }

    String name() {
        return path.getFileName().toString();
    }

    private static SkeinException unreadable(Path path, String why, String remedy) {
        return new SkeinException(new Invalid.Call(path + " cannot be read: " + why, remedy));
    }
}
