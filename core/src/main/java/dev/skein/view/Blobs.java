package dev.skein.view;

import dev.skein.home.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** Contents of a run that are too long for a line, each in a file that is named by its SHA-256. */
final class Blobs {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private final Path folder;
    private long written;

    /** In that folder, which is made when it is first needed. */
    Blobs(Path folder) {
        this.folder = folder;
    }

    static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** How many bytes were written. */
    long written() {
        return written;
    }

    /** Writes the content unless it is there. */
    void keep(String hash, byte[] bytes) throws IOException {
        if (!HASH.matcher(hash).matches())
            throw new IllegalArgumentException("no SHA-256: " + hash);
        var file = folder.resolve(hash);
        if (Files.exists(file)) return;
        PrivateFiles.folder(folder);
        PrivateFiles.replace(file, bytes);
        written += bytes.length;
    }

    Optional<String> text(String hash) throws IOException {
        if (!HASH.matcher(hash).matches() || !Files.exists(folder.resolve(hash)))
            return Optional.empty();
        return Optional.of(Files.readString(folder.resolve(hash), StandardCharsets.UTF_8));
    }
}
