package dev.skein.benchmarks.peers;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.UserMessage;
import dev.skein.benchmarks.harness.Finding;
import dev.skein.benchmarks.harness.Program;
import dev.skein.benchmarks.harness.Subject;
import java.time.Duration;

/**
 * LangChain4j's {@code AiServices} as its documents show them: an interface, answers by JSON
 * Schema.
 */
public final class LangChain4jSubject implements Subject {
    private final Analyst one;
    private final Analyst tool;

    interface Analyst {
        @SystemMessage(Subject.INSTRUCTIONS)
        Finding ask(@UserMessage String question);
    }

    /** The one tool. */
    public static final class Tools {
        @Tool(name = Subject.TOOL, value = Subject.TOOL_DESCRIPTION)
        public String weather(@P("city") String city) {
            return Subject.weather(city);
        }
    }

    private LangChain4jSubject(String address) {
        var model =
                OpenAiChatModel.builder()
                        .baseUrl(address)
                        .apiKey(KEY)
                        .modelName(MODEL)
                        .supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA)
                        .strictJsonSchema(true)
                        .timeout(Duration.ofSeconds(90))
                        .maxRetries(0)
                        .build();
        one = AiServices.builder(Analyst.class).chatModel(model).build();
        tool = AiServices.builder(Analyst.class).chatModel(model).tools(new Tools()).build();
    }

    public static void main(String[] arguments) throws Exception {
        Program.run(arguments, LangChain4jSubject::new);
    }

    @Override
    public Finding one() {
        return one.ask(QUESTION);
    }

    @Override
    public Finding tool() {
        return tool.ask(QUESTION);
    }
}
