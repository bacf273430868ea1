package dev.skein.home;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What was cleaned up after a dead runtime.
 *
 * @param gone its folder is removed; false if it lives, or if somebody else does the work
 * @param ended what it owned and what was alive still
 * @param lost its runs that had not ended
 */
public record Reaped(boolean gone, List<Owned> ended, List<RunFolder> lost) {
    private static final Pattern MARK = Pattern.compile("[0-9a-f]{16}");

    public Reaped {
        ended = List.copyOf(ended);
        lost = List.copyOf(lost);
    }

    static Reaped reap(Home home, FoundRuntime dead) throws IOException {
        var nothing = new Reaped(false, List.of(), List.of());
        // Looked at anew: what was found may be long ago.
        if (!Files.exists(dead.folder()) || FoundRuntime.of(dead.folder()).alive()) return nothing;
        try (var channel =
                FileChannel.open(
                        PrivateFiles.made(dead.folder().resolve(RuntimeFolder.LOCK)),
                        StandardOpenOption.WRITE)) {
            if (channel.tryLock() == null) return nothing;
            var ended = end(dead.folder().resolve(RuntimeFolder.OWNED));
            var lost = lose(home, dead.id());
            SocketPlace.remove(dead.card());
            PrivateFiles.delete(dead.folder());
            return new Reaped(true, ended, lost);
        } catch (NoSuchFileException e) {
            return nothing;
        }
    }

    private static List<Owned> end(Path owned) throws IOException {
        var ended = new ArrayList<Owned>();
        if (!Files.exists(owned)) return ended;
        for (var one : Owned.held(Files.readString(owned)).reversed()) {
            var family = one.family();
            if (ProcessTable.read().members(List.of(family)).isEmpty()) continue;
            Ending.of(List.of(family));
            ended.add(one);
        }
        for (var one : Owned.held(Files.readString(owned)))
            if (one.kind().equals(Owned.MARK) && MARK.matcher(one.ref()).matches())
                removeTemporary(Owned.TEMPORARY + one.ref() + "-");
        return ended;
    }

    private static void removeTemporary(String beginning) throws IOException {
        try (var all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            for (var one : all.toList())
                if (one.getFileName().toString().startsWith(beginning)) PrivateFiles.delete(one);
        }
    }

    private static List<RunFolder> lose(Home home, String runtime) throws IOException {
        var lost = new ArrayList<RunFolder>();
        for (var run : home.runs()) {
            var card = run.card();
            if (card.isPresent() && card.get().host().runtime().equals(runtime) && run.lose())
                lost.add(run);
        }
        return lost;
    }
}
