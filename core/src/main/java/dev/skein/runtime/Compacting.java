package dev.skein.runtime;

import dev.skein.agent.ModelAgent;
import dev.skein.failure.SkeinException;
import dev.skein.model.Message;
import dev.skein.session.Compaction;

/**
 * Condenses the oldest part of a conversation when the agent's window says so. It never stops a
 * run: what fails here once is not tried again in this run, and exchanges are left out instead.
 */
final class Compacting {
    static final String MARK = "[Summary of the conversation so far]\n";

    private final LiveRun<?> run;
    private final ModelAgent<?> agent;
    private final Conversation talk;
    private String trimmedBecause = "the window";
    private boolean failed;

    Compacting(LiveRun<?> run, ModelAgent<?> agent, Conversation talk) {
        this.run = run;
        this.agent = agent;
        this.talk = talk;
    }

    /** Why exchanges are left out, if they are. */
    String trimmedBecause() {
        return trimmedBecause;
    }

    /** Condenses if it is time to. */
    void condense(ModelAsking asking, Window window, Window.Fixed fixed, int turn)
            throws InterruptedException {
        switch (agent.context().window().compaction()) {
            case Compaction.Trim() -> {}
            case Compaction.Summarize rule -> {
                int to = failed ? 0 : oldPart(rule, window, fixed);
                if (to > talk.background() + 1) condensed(rule, asking, to, turn);
            }
        }
    }

    /** Up to where messages are old; before the first if it is not time yet. */
    private int oldPart(Compaction.Summarize rule, Window window, Window.Fixed fixed) {
        long all = fixed.total() + talk.sizes().stream().mapToLong(Long::longValue).sum();
        if (all <= rule.startAt() * window.available()) return 0;
        long kept = 0;
        int to = talk.messages().size();
        for (int i = to - 1; i > talk.background(); i--) {
            kept += talk.sizes().get(i);
            boolean newest = to == talk.messages().size();
            if (!newest && kept > rule.keepRecent() * window.available()) break;
            if (talk.messages().get(i) instanceof Message.User) to = i;
        }
        return to == talk.messages().size() ? 0 : to;
    }

    private void condensed(Compaction.Summarize rule, ModelAsking asking, int to, int turn)
            throws InterruptedException {
        try {
            var own = rule.model() == null ? asking.modelName() : rule.model();
            var aside = ModelAsking.aside(run, own);
            long most = agent.context().window().reservedForOutput();
            var text =
                    new Summary(run, agent, aside)
                            .of(
                                    talk.messages().subList(talk.background(), to),
                                    turn + "/summary",
                                    Math.max(1, most));
            talk.condense(to, Message.User.of(MARK + text, run.engine().clock().instant()));
        } catch (SkeinException e) {
            if (run.stopping()) throw e;
            failed = true;
            trimmedBecause = "the summary failed: " + e.failure().code();
        }
    }
}
