package dev.skein.models.langchain;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.skein.failure.ModelFailure;
import dev.skein.failure.SkeinException;
import dev.skein.model.Message;
import dev.skein.model.ModelCall;
import dev.skein.model.Part;
import dev.skein.models.wire.Remembered;
import dev.skein.models.wire.ToolInput;
import dev.skein.tool.ToolCall;
import dev.skein.tool.ToolSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts a call into LangChain4j's words. */
final class Questions {
    /** Where LangChain4j keeps the proof of a thought. */
    static final String SIGNATURE = "thinking_signature";

    private final Remembered<ToolSpec, ToolSpecification> tools = new Remembered<>(Questions::tool);
    private final String model;

    Questions(String model) {
        this.model = model;
    }

    ChatRequest request(ModelCall call, Shape shape) {
        var settings = call.settings();
        if (!settings.extra().isEmpty()) {
            var problem = "fields of its own cannot be sent this way: " + settings.extra().keySet();
            throw new SkeinException(new ModelFailure.BadRequest(model, problem));
        }
        return ChatRequest.builder()
                .messages(messages(call.messages(), shape.instruction()))
                .toolSpecifications(call.tools().stream().map(tools::of).toList())
                .responseFormat(shape.format())
                .maxOutputTokens(settings.maxTokens())
                .temperature(settings.temperature())
                .topP(settings.topP())
                .stopSequences(settings.stop())
                .build();
    }

    private static List<ChatMessage> messages(List<Message> messages, String instruction) {
        var all = new ArrayList<ChatMessage>(messages.size() + 1);
        if (!instruction.isEmpty()) all.add(SystemMessage.from(instruction));
        var names = new HashMap<String, String>();
        for (var message : messages) {
            switch (message) {
                case Message.System(var text, _) -> all.add(SystemMessage.from(text));
                case Message.User(var parts, _) -> all.add(UserMessage.from(contents(parts)));
                case Message.Assistant assistant -> {
                    assistant.calls().forEach(call -> names.put(call.id(), call.name()));
                    all.add(answer(assistant));
                }
                case Message.Results results -> all.addAll(results(results, names));
            }
        }
        return all;
    }

    private static List<Content> contents(List<Part> parts) {
        var contents = new ArrayList<Content>(parts.size());
        for (var part : parts)
            if (part instanceof Part.Text(var text)) contents.add(TextContent.from(text));
        return contents;
    }

    private static AiMessage answer(Message.Assistant message) {
        var answer = AiMessage.builder();
        var text = message.text();
        if (!text.isEmpty()) answer.text(text);
        for (var part : message.parts()) {
            if (!(part instanceof Part.Reasoning(var thought, var signature))
                    || signature.isEmpty()) continue;
            if (!thought.isEmpty()) answer.thinking(thought);
            answer.attributes(Map.of(SIGNATURE, signature));
        }
        return answer.toolExecutionRequests(message.calls().stream().map(Questions::call).toList())
                .build();
    }

    private static ToolExecutionRequest call(ToolCall call) {
        var arguments = ToolInput.object(call.arguments()).canonical();
        return ToolExecutionRequest.builder()
                .id(call.id())
                .name(call.name())
                .arguments(arguments)
                .build();
    }

    private static List<ChatMessage> results(Message.Results results, Map<String, String> names) {
        return results.results().stream()
                .<ChatMessage>map(result ->
                        ToolExecutionResultMessage.builder()
                                .id(result.callId())
                                .toolName(names.getOrDefault(result.callId(), "unknown"))
                                .text(result.text())
                                .isError(result.error())
                                .build())
                .toList();
    }

    private static ToolSpecification tool(ToolSpec tool) {
        return ToolSpecification.builder()
                .name(tool.name())
                .description(tool.description())
                .parameters(Elements.object(ToolInput.schema(tool)))
                .build();
    }
}
