package dev.skein.testkit;

import dev.skein.json.Json;
import dev.skein.tool.ToolResult;

/** What an agent that is played by an {@link AgentScript} can do; for the thread that plays it. */
public interface PlayedAgent {
    void say(String text);

    /** Calls a tool and does not wait; the call's id. */
    String begin(String tool, Json arguments);

    /** Says the same call once more. */
    void again(String call);

    ToolResult result(String call) throws InterruptedException;

    void cancel(String call);

    /** Wants to use a tool of its own; why it may not, or empty. */
    String ask(String tool, Json arguments) throws InterruptedException;

    /** Names of the tools that it may call now, in order. */
    String tools();

    /** Counts its starts. */
    long epoch();

    /** Its conversation is called that from now on. */
    void moveTo(String conversation);

    /** What it goes on with; empty: nothing. */
    String conversation();

    void note(String type, Json data);

    /** Its turn ends with a failure of its model. */
    void fail(String problem, boolean retryable);

    void drop();

    void comeBack();

    /** Ends its program; does not return. */
    void exit(int code) throws InterruptedException;

    /** Its program is killed; does not return. */
    void die() throws InterruptedException;
}
