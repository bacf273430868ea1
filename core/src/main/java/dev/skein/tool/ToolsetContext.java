package dev.skein.tool;

/** What the runtime lends to a toolset. */
public interface ToolsetContext {
    /**
     * Tells the runtime to ask for the tools again before the next turn. May be called from any
     * thread, at any time.
     */
    void changed();
}
