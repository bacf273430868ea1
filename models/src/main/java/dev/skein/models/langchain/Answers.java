package dev.skein.models.langchain;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.skein.model.Finish;
import dev.skein.model.Message;
import dev.skein.model.ModelReply;
import dev.skein.models.wire.Asking;
import dev.skein.models.wire.Gathering;
import org.jspecify.annotations.Nullable;

/** Puts an answer of LangChain4j into our words. */
record Answers(Asking asking, Traits traits, Gathering gathering) {
    /** A whole answer, of which nothing was told yet. */
    ModelReply whole(@Nullable ChatResponse response) {
        if (response == null || response.aiMessage() == null)
            throw asking.faults().senseless("there is no answer in it");
        var message = response.aiMessage();
        if (message.thinking() != null) gathering.reasoning(message.thinking());
        sign(message);
        if (message.text() != null) gathering.text(message.text());
        return finished(response);
    }

    /** The end of an answer whose text was told already. */
    ModelReply streamed(ChatResponse response) {
        if (response.finishReason() == null)
            throw asking.faults().unfinished(gathering.characters());
        sign(response.aiMessage());
        return finished(response);
    }

    private void sign(AiMessage message) {
        if (message.attributes().get(Questions.SIGNATURE) instanceof String signature)
            gathering.signature(signature);
    }

    private ModelReply finished(ChatResponse response) {
        int index = 0;
        for (var request : response.aiMessage().toolExecutionRequests()) {
            if (!gathering.hasCall(index)) {
                gathering.call(index, request.id() == null ? "" : request.id(), request.name());
                gathering.arguments(index, request.arguments() == null ? "" : request.arguments());
            }
            index++;
        }
        if (isNothing(response)) throw asking.faults().senseless("there is no answer in it");
        var message = gathering.message(asking.call(), asking.now());
        var tokens = response.tokenUsage();
        var usage = isCounted(tokens) ? traits.usage().apply(tokens) : asking.estimate(message);
        var model = response.modelName() == null ? "" : response.modelName();
        var ending = finish(response.finishReason());
        return new ModelReply(message, usage, ending, model, gathering.used());
    }

    /** Having seen what its calls came to, a model may have nothing to add. */
    private boolean isNothing(ChatResponse response) {
        boolean done =
                response.finishReason() == FinishReason.STOP
                        || response.finishReason() == FinishReason.TOOL_EXECUTION;
        return done
                && gathering.characters() == 0
                && gathering.calls() == 0
                && !(asking.call().messages().getLast() instanceof Message.Results);
    }

    private static boolean isCounted(@Nullable TokenUsage tokens) {
        return tokens != null
                && (tokens.inputTokenCount() != null || tokens.outputTokenCount() != null);
    }

    private static Finish finish(@Nullable FinishReason reason) {
        return switch (reason) {
            case null -> Finish.OTHER;
            case STOP -> Finish.STOP;
            case LENGTH -> Finish.LENGTH;
            case TOOL_EXECUTION -> Finish.TOOLS;
            case CONTENT_FILTER -> Finish.REFUSED;
            case OTHER -> Finish.OTHER;
        };
    }
}
