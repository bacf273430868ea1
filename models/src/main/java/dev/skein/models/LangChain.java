package dev.skein.models;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.skein.model.ChatModel;
import dev.skein.models.langchain.HandedIn;
import dev.skein.models.langchain.LentTool;
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

    /** Both forms of one model: the second is asked when somebody listens. */
    public static ChatModel model(
            dev.langchain4j.model.chat.ChatModel instance, StreamingChatModel streaming) {
        return HandedIn.model(instance, streaming);
    }
}
