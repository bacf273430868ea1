package dev.skein.harnesses.link;

import dev.skein.harness.Launch;
import dev.skein.harness.Note;
import dev.skein.home.Owned;
import dev.skein.home.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The private folder of one start of an agent: {@code link.sock}, {@code env} with what the program
 * needs to say hello as long as it has not, {@code inbox} for messages that are too long for the
 * link.
 */
record SeatFolder(Path path) {
    /** Longer paths of sockets are refused by some systems. */
    private static final int LONGEST_SOCKET = 100;

    private static final int LONGEST_TEXT = 256 << 10;
    private static final String ENV = "env";

    /** Named so that whoever cleans up after a runtime that was killed finds it. */
    static SeatFolder make(Launch launch) throws IOException {
        var beginning = Owned.TEMPORARY + launch.place().processes().mark() + "-";
        var folder = make(Path.of(System.getProperty("java.io.tmpdir")), beginning);
        if (folder.fits()) return folder;
        folder.delete();
        return make(Path.of("/tmp"), beginning);
    }

    private static SeatFolder make(Path in, String beginning) throws IOException {
        // Folders made like this are private.
        return new SeatFolder(Files.createTempDirectory(in, beginning).toRealPath());
    }

    private boolean fits() {
        return socket().toString().getBytes(StandardCharsets.UTF_8).length < LONGEST_SOCKET;
    }

    Path socket() {
        return path.resolve("link.sock");
    }

    /** Writes what the program needs to say hello: a line {@code NAME=value} each. */
    void invite(Launch launch, String secret) throws IOException {
        var conversation = launch.conversation();
        var lines =
                "SKEIN_DIR="
                        + path
                        + "\nSKEIN_AGENT="
                        + launch.path()
                        + "\nSKEIN_EPOCH="
                        + launch.epoch()
                        + (conversation == null ? "" : "\nSKEIN_CONVERSATION=" + conversation)
                        + "\nSKEIN_SECRET="
                        + secret
                        + "\n";
        PrivateFiles.replace(path.resolve(ENV), lines.getBytes(StandardCharsets.UTF_8));
    }

    /** It was used. */
    void forgetSecret() throws IOException {
        var env = path.resolve(ENV);
        if (!Files.exists(env)) return;
        Files.write(env, new byte[0]);
        Files.delete(env);
    }

    /** The text of a note, or where it is. */
    String shown(Note note) throws IOException {
        var bytes = note.text().getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= LONGEST_TEXT) return note.text();
        var inbox = PrivateFiles.folder(path.resolve("inbox"));
        var file = Files.createTempFile(inbox, "message-", ".txt");
        Files.write(file, bytes);
        return "This message has " + bytes.length + " bytes. It is in the file " + file + ".";
    }

    void delete() throws IOException {
        PrivateFiles.delete(path);
    }
}
