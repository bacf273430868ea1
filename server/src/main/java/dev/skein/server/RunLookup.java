package dev.skein.server;

import dev.skein.failure.Conflict;
import dev.skein.failure.Missing;
import dev.skein.failure.SkeinException;
import dev.skein.name.ShortPath;
import dev.skein.runtime.AgentSession;
import dev.skein.runtime.RunHandle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds live runs by what people call them. */
record RunLookup(Runs runs) {

    /** The only live run, root or not, whose id begins so. */
    RunHandle<?> run(Call call) {
        var prefix = call.part("id");
        var found =
                runs.roots().stream()
                        .flatMap(root -> family(root).values().stream())
                        .filter(run -> run.id().startsWith(prefix))
                        .toList();
        if (found.isEmpty()) throw new SkeinException(new Missing.Run(prefix));
        if (found.size() > 1) {
            var ids = found.stream().<String>map(RunHandle::id).toList();
            throw new SkeinException(new Conflict.Ambiguous(prefix, ids));
        }
        return found.getFirst();
    }

    /** The run itself for an empty path, else the descendant whose path is that or ends so. */
    static RunHandle<?> below(RunHandle<?> run, String path) {
        if (path.isEmpty()) return run;
        var family = family(run);
        return ShortPath.find(path, family.keySet())
                .map(family::get)
                .orElseThrow(() -> new SkeinException(new Missing.Run(path)));
    }

    /** The live or ended session of the run whose path is that or ends so. */
    static AgentSession session(RunHandle<?> run, String path) {
        var sessions = run.sessions();
        return ShortPath.find(path, sessions.keySet())
                .map(sessions::get)
                .orElseThrow(() ->
                        new SkeinException(
                                new Missing.Session(path, List.copyOf(sessions.keySet()))));
    }

    /** A run and its live descendants by path. */
    private static Map<String, RunHandle<?>> family(RunHandle<?> run) {
        var family = new LinkedHashMap<String, RunHandle<?>>();
        collect(run, family);
        return family;
    }

    private static void collect(RunHandle<?> run, Map<String, RunHandle<?>> family) {
        family.put(run.path(), run);
        run.children().values().forEach(child -> collect(child, family));
    }
}
