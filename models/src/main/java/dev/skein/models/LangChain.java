package dev.skein.models;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.skein.agent.Agent;
import dev.skein.model.ChatModel;
import dev.skein.models.langchain.AgentModel;
import dev.skein.models.langchain.HandedIn;
import dev.skein.models.langchain.LentTool;
import dev.skein.runtime.AgentRuntime;
import dev.skein.tool.Toolset;

/**
 * What programs that use LangChain4j bring along. Its core library must be on the class path; what
 * else there is of it is the program's own.
 */
@SuppressWarnings("exports") // whoever hands one in has the library
public final class LangChain {
    private LangChain() {}

    /**
     * A model that was built with LangChain4j. Build it without retries of its own, because the
     * runtime retries. It is interrupted when a run is canceled, given five seconds, and then left
     * behind; the seed, reasoning and extra fields of an agent's settings are refused, because they
     * belong to how it was built.
     */
    public static ChatModel model(dev.langchain4j.model.chat.ChatModel instance) {
        return HandedIn.model(instance, null);
    }

    /** As {@link #model(dev.langchain4j.model.chat.ChatModel)}, for one that streams. */
    public static ChatModel model(StreamingChatModel instance) {
        return HandedIn.model(null, instance);
    }

    /**
     * The public methods of these objects that carry LangChain4j's {@code @Tool}, under its name,
     * with the texts of {@code @P} and with its defaults; a parameter with {@code @ToolMemoryId} is
     * given the key of the namespace. They count as {@code WRITE} until they are declared anew.
     *
     * @throws dev.skein.failure.SkeinException with {@code invalid.tool} for a method that is not
     *     public or was compiled without the names of its parameters, {@code invalid.type} for a
     *     parameter without schema
     */
    public static Toolset tools(Object... targets) {
        return LentTool.of(targets);
    }

    /**
     * An agent as LangChain4j's model, for programs that move over piece by piece: each question is
     * a run of the agent on the calling thread, with its own instructions, tools and limits.
     *
     * <p>The last message must be the user's; it is the task. What was said before it, system
     * messages, calls and results included, is put in front of it as text, marked as background:
     * the run keeps no conversation, its instructions stay the agent's. An agent whose input is
     * typed gets the JSON of one message and no background. A model's name in the request is a
     * model string of the runtime. The answer is the output, as JSON if it is no text, with the
     * tokens of the run and the model that it asked last; its id is that of the run.
     *
     * <p>What belongs to the agent is refused with {@code invalid.spec}: tools, a response format
     * of JSON, and settings such as temperature; so are contents other than text. A run that fails
     * is a {@link dev.skein.failure.SkeinException} with its failure. An interrupt cancels the run
     * and is thrown as {@code run.canceled}, the thread's interrupt status set.
     */
    public static dev.langchain4j.model.chat.ChatModel asChatModel(
            AgentRuntime runtime, Agent<?> agent) {
        return new AgentModel(runtime, agent);
    }

    /**
     * As {@link #asChatModel}, telling texts and thoughts as they come, on the calling thread,
     * which it blocks until the run has ended. Also told are texts beside calls of tools and texts
     * that a new try makes void; what counts is the complete response. Failures go to the handler.
     */
    public static StreamingChatModel asStreamingChatModel(AgentRuntime runtime, Agent<?> agent) {
        return new AgentModel(runtime, agent).streaming();
    }

    /** Both forms of one model: the second is asked when somebody listens. */
    public static ChatModel model(
            dev.langchain4j.model.chat.ChatModel instance, StreamingChatModel streaming) {
        return HandedIn.model(instance, streaming);
    }
}
