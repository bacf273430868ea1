package dev.skein.benchmarks.workflows;

import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.Scope;
import java.nio.file.Path;
import java.util.ArrayList;

/** So many runtimes in a home that is given, each with a run that waits, until it is ended. */
public final class LiveProgram {
    private LiveProgram() {}

    /** The home, and how many runtimes. */
    public static void main(String[] arguments) throws Exception {
        var rig = new Rig(Path.of(arguments[0]), 1);
        int count = Integer.parseInt(arguments[1]);
        var runtimes = new ArrayList<AgentRuntime>();
        for (int i = 0; i < count; i++) {
            var runtime = AgentRuntime.open(rig.config(new PeerModel(), Rig.ENTRIES));
            runtime.spawn("waiting", Rig.workflow("waiting", Scope::await), null);
            runtimes.add(runtime);
        }
        System.out.println("READY " + runtimes.size());
        System.in.read();
        runtimes.forEach(AgentRuntime::close);
    }
}
