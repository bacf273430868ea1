package dev.skein.runtime;

import dev.skein.agent.ModelAgent;
import dev.skein.event.SessionEvent;
import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import dev.skein.model.Message;
import dev.skein.session.ContextFilter;
import java.util.ArrayList;
import java.util.List;

/**
 * What a child sees of its caller's conversation: one exchange in front of everything, marked as
 * background. It takes at most half of the child's window; the oldest of it is left out first.
 */
record Background(LiveRun<?> run, ModelAgent<?> agent, ModelAsking asking) {
    private static final String READ = "I have read the background.";

    List<Message> messages() throws InterruptedException {
        var caller = run.parent();
        if (caller == null) return List.of();
        var history = caller.history();
        if (history.isEmpty()) return List.of();
        var text = shown(history);
        return text.isBlank() ? List.of() : exchange(caller, text);
    }

    private String shown(List<Message> history) throws InterruptedException {
        return switch (agent.context().filter()) {
            case ContextFilter.None() -> "";
            case ContextFilter.All() -> fitting(history, most());
            case ContextFilter.Last(var exchanges) -> fitting(newest(history, exchanges), most());
            case ContextFilter.Summary(var maxTokens) -> summary(history, maxTokens);
            case ContextFilter.Named(var function) -> fitting(chosen(function, history), most());
        };
    }

    /** Where no model can write one, the newest of the history has to do. */
    private String summary(List<Message> history, int maxTokens) throws InterruptedException {
        try {
            return new Summary(run, agent, ModelAsking.aside(run, asking.modelName()))
                    .of(history, "background", maxTokens);
        } catch (SkeinException e) {
            if (run.stopping()) throw e;
            return fitting(history, maxTokens);
        }
    }

    private long most() {
        var info = asking.model().model().info();
        return agent.context().window().available(info.contextTokens()) / 2;
    }

    private List<Message> exchange(LiveRun<?> caller, String text) {
        var name = caller.name();
        var now = run.engine().clock().instant();
        var told =
                "Background, for information only: what was said before '"
                        + name
                        + "' called you. Your task comes after it.\n<background>\n"
                        + text
                        + "\n</background>";
        run.record(new SessionEvent.BackgroundGiven(run.keep("text/plain", told), name));
        return List.of(Message.User.of(told, now), Message.Assistant.of(READ, now));
    }

    private static List<Message> newest(List<Message> history, int exchanges) {
        int from = history.size();
        for (int left = exchanges; from > 0 && left > 0; ) {
            from--;
            if (history.get(from) instanceof Message.User) left--;
        }
        return history.subList(from, history.size());
    }

    private List<Message> chosen(String function, List<Message> history) {
        var filter = run.engine().config().ports().filters().get(function);
        if (filter == null)
            throw new SkeinException(
                    new Invalid.Spec(
                            List.of(
                                    "agent '"
                                            + agent.name()
                                            + "': no filter is named '"
                                            + function
                                            + "'")));
        return filter.of(history);
    }

    /** The newest exchanges that fit, as text; the newest alone is cut in its middle. */
    private String fitting(List<Message> history, long most) {
        var estimator = run.engine().config().ports().estimator();
        var kept = new ArrayList<>(history);
        for (var text = Retelling.of(kept); ; text = Retelling.of(kept)) {
            if (estimator.tokens(text) <= most) return text;
            int next = 1;
            while (next < kept.size() && !(kept.get(next) instanceof Message.User)) next++;
            if (next >= kept.size()) return Retelling.within(new Excerpt(estimator, most), kept);
            kept.subList(0, next).clear();
        }
    }
}
