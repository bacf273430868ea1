package dev.skein.session;

import dev.skein.model.Message;
import java.util.List;

/** Chooses what of a caller's conversation the agent that it calls may see. */
public interface HistoryFilter {
    /**
     * The messages to show, in order; may be new ones. Instructions of the caller are not among
     * those that it gets. What it throws fails the run.
     */
    List<Message> of(List<Message> history);
}
