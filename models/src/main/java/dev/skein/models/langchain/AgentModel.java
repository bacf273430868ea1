package dev.skein.models.langchain;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.skein.agent.Agent;
import dev.skein.agent.RunResult;
import dev.skein.agent.Work;
import dev.skein.failure.RunFailure;
import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import dev.skein.model.Delta;
import dev.skein.model.DeltaListener;
import dev.skein.runtime.AgentRuntime;

/** An agent in the place of a model: each question is a run of it. */
public record AgentModel(AgentRuntime runtime, Agent<?> agent) implements ChatModel {
    @Override
    public ChatResponse doChat(ChatRequest request) {
        return answer(agent, request, DeltaListener.none());
    }

    /** The same with the pieces of the answer, told on the calling thread. */
    public StreamingChatModel streaming() {
        return new Streaming(this);
    }

    private record Streaming(AgentModel model) implements StreamingChatModel {
        @Override
        public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
            ChatResponse response;
            try {
                response = model.answer(model.agent, request, delta -> tell(delta, handler));
            } catch (SkeinException e) {
                handler.onError(e);
                return;
            }
            handler.onCompleteResponse(response);
        }

        private static void tell(Delta delta, StreamingChatResponseHandler handler) {
            switch (delta) {
                case Delta.Text(var text) -> handler.onPartialResponse(text);
                case Delta.Reasoning(var text) ->
                        handler.onPartialThinking(new PartialThinking(text));
                case Delta.CallStarted _, Delta.CallArguments _ -> {} // the agent's own business
                case Delta.Value _, Delta.TurnEnded _, Delta.Discarded _ -> {}
            }
        }
    }

    private <O> ChatResponse answer(Agent<O> whom, ChatRequest request, DeltaListener deltas) {
        var task = new Errand(whom).task(request);
        try {
            return response(whom, runtime.run(whom, task, deltas));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SkeinException(
                    new RunFailure.Canceled(whom.name(), "its caller was interrupted"), e);
        }
    }

    private static <O> ChatResponse response(Agent<O> whom, RunResult<O> result) {
        var output = whom.output().encode(result.orThrow());
        var text = output instanceof Json.Text(var words) ? words : output.canonical();
        var work = result.work();
        return ChatResponse.builder()
                .id(work.runId())
                .aiMessage(AiMessage.from(text))
                .modelName(work.model())
                .tokenUsage(tokens(work))
                .finishReason(FinishReason.STOP)
                .build();
    }

    private static TokenUsage tokens(Work work) {
        return new TokenUsage(count(work.usage().input()), count(work.usage().output()));
    }

    private static int count(long tokens) {
        return (int) Math.min(Integer.MAX_VALUE, tokens);
    }
}
