package dev.skein.benchmarks.workflows;

import dev.skein.agent.ModelAgent;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.Scope;

/** Messages from one session to another, from the call of the tool to the other's model. */
record Meeting(Rig rig, Figures figures) {
    private static final int PAIRS = 20;

    /** Few enough that the conversations stay short. */
    private static final int MESSAGES = 100;

    void measure() throws InterruptedException {
        var model = new PeerModel();
        try (var runtime = AgentRuntime.open(rig.config(model, Rig.ENTRIES))) {
            Rig.root(
                    runtime,
                    scope -> {
                        for (int pair = 1; pair <= rig.many(PAIRS); pair++) {
                            var a = scope.open("a", ModelAgent.of("teller"));
                            var b = scope.open("b", ModelAgent.of("listener"));
                            scope.connect(a, b, Scope.Direction.FORWARD);
                            for (int i = 0; i < MESSAGES; i++) a.ask("Tell b.");
                            model.awaitDelays(pair * MESSAGES);
                            a.close();
                            b.close();
                        }
                    });
        }
        figures.micros(Aim.MESSAGE, 99, model.delays());
    }
}
