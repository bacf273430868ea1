package dev.skein.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Programs that were compiled before, found by what they depend on: the source, the class path and
 * the JDK. Holds the newest few hundred.
 */
record ProgramCache(Path folder, Launch launch) {
    private static final int KEPT = 256;

    /** Empty if it was not compiled yet, or what was kept is damaged. */
    Optional<Program> find(SourceFile source) throws IOException {
        var file = file(source);
        return Files.exists(file) ? ProgramFile.decode(Files.readAllBytes(file)) : Optional.empty();
    }

    /**
     * Keeps the program for the next time.
     *
     * @throws IOException if it cannot be written; nothing is left of it then
     */
    void keep(SourceFile source, Program program) throws IOException {
        new PrivateFile(file(source)).write(ProgramFile.encode(program));
        forgetOld();
    }

    private Path file(SourceFile source) throws IOException {
        try {
            var hash = MessageDigest.getInstance("SHA-256");
            hash.update(utf8(launch.jdk() + '\n' + source.name() + '\n'));
            for (var part : launch.classPath()) hash.update(utf8(identity(part)));
            hash.update(utf8(source.text()));
            return folder.resolve(HexFormat.of().formatHex(hash.digest()) + ".program");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** A library is known by path, size and time; reading it would cost more than compiling. */
    private static String identity(Path library) throws IOException {
        var seen = Files.readAttributes(library, BasicFileAttributes.class);
        return library + "|" + seen.size() + "|" + seen.lastModifiedTime().toMillis() + "\n";
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void forgetOld() throws IOException {
        try (var files = Files.list(folder)) {
            var old =
                    files.sorted(Comparator.comparing(ProgramCache::time).reversed())
                            .skip(KEPT)
                            .toList();
            for (var file : old) Files.deleteIfExists(file);
        }
    }

    /** A file that another command has just removed is the oldest. */
    private static FileTime time(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (java.nio.file.NoSuchFileException e) {
            return FileTime.fromMillis(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
