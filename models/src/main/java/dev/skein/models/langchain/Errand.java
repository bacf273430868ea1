package dev.skein.models.langchain;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.skein.agent.Agent;
import dev.skein.agent.Task;
import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import dev.skein.json.JsonType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an agent is asked to do by a request that was meant for a model. */
record Errand(Agent<?> agent) {
    private static final String BEFORE = "This was said before. Answer only what comes last.";
    private static final String LAST = "What comes last:";

    /**
     * The last message of the user, after what was said before.
     *
     * @throws SkeinException with {@code invalid.spec} and all that the agent cannot do
     */
    Task task(ChatRequest request) {
        var findings = new ArrayList<String>();
        own(request, findings);
        var messages = request.messages();
        var last = last(messages, findings);
        var before = new ArrayList<String>();
        for (var message : messages.subList(0, messages.size() - 1)) say(message, before, findings);
        boolean text = agent.input().equals(JsonType.text());
        if (!text && !before.isEmpty())
            findings.add("messages: it takes one value of its input type and no conversation");
        refuse(findings);
        var task = text ? Task.of(told(before, last)) : Task.of(Json.parse(last));
        return request.modelName() == null ? task : task.withModel(request.modelName());
    }

    private static String told(List<String> before, String last) {
        return before.isEmpty()
                ? last
                : BEFORE + "\n\n" + String.join("\n", before) + "\n\n" + LAST + "\n" + last;
    }

    private void refuse(List<String> findings) {
        if (findings.isEmpty()) return;
        var named = findings.stream().map(finding -> "agent '" + agent.name() + "': " + finding);
        throw new SkeinException(
                new Invalid.Spec(
                        named.toList(),
                        "The agent has these of its own: set them there, and leave them out of the"
                                + " request."));
    }

    /** What belongs to the agent and not to a request. */
    private static void own(ChatRequest request, List<String> findings) {
        if (!request.toolSpecifications().isEmpty()) findings.add("tools");
        named("tool choice", request.toolChoice(), findings);
        var format = request.responseFormat();
        if (format != null && format.type() == ResponseFormatType.JSON)
            findings.add("response format");
        named("temperature", request.temperature(), findings);
        named("topP", request.topP(), findings);
        named("topK", request.topK(), findings);
        named("frequency penalty", request.frequencyPenalty(), findings);
        named("presence penalty", request.presencePenalty(), findings);
        named("max output tokens", request.maxOutputTokens(), findings);
        if (!request.stopSequences().isEmpty()) findings.add("stop sequences");
    }

    private static void named(String what, @Nullable Object value, List<String> findings) {
        if (value != null) findings.add(what + " " + value);
    }

    private static String last(List<ChatMessage> messages, List<String> findings) {
        if (messages.getLast() instanceof UserMessage user) return text(user, findings);
        findings.add("messages: the last must be the user's, is " + messages.getLast().type());
        return "";
    }

    private static String text(UserMessage message, List<String> findings) {
        var texts = new ArrayList<String>();
        for (var content : message.contents()) {
            if (content instanceof TextContent text) texts.add(text.text());
            else findings.add("messages: content of type " + content.type());
        }
        return String.join("\n", texts);
    }

    private static void say(ChatMessage message, List<String> lines, List<String> findings) {
        switch (message) {
            case SystemMessage system -> lines.add("The caller's words to you: " + system.text());
            case UserMessage user -> lines.add("User: " + text(user, findings));
            case AiMessage ai -> {
                if (ai.text() != null) lines.add("You: " + ai.text());
                ai.toolExecutionRequests().forEach(call -> lines.add(called(call)));
            }
            case ToolExecutionResultMessage result ->
                    lines.add("Result of " + result.toolName() + ": " + result.text());
            default -> findings.add("messages: one of type " + message.type());
        }
    }

    private static String called(ToolExecutionRequest call) {
        return "You called " + call.name() + " with " + call.arguments();
    }
}
