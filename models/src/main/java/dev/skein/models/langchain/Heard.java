package dev.skein.models.langchain;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.skein.models.wire.Gathering;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands on what a stream of LangChain4j says, as steps that are to be done on the calling thread.
 */
final class Heard implements StreamingChatResponseHandler {
    private final Consumer<Piece> pieces;
    private final AtomicReference<@Nullable StreamingHandle> handle = new AtomicReference<>();

    /** A piece of the answer, or its end. */
    sealed interface Piece {
        record Part(Consumer<Gathering> step) implements Piece {}

        record Whole(ChatResponse response) implements Piece {}

        record Failed(Throwable why) implements Piece {}
    }

    Heard(Consumer<Piece> pieces) {
        this.pieces = pieces;
    }

    /** Asks the stream to end, if it has begun. */
    void cancel() {
        var known = handle.get();
        if (known != null) known.cancel();
    }

    @Override
    public void onPartialResponse(PartialResponse partial, PartialResponseContext context) {
        handle.set(context.streamingHandle());
        onPartialResponse(partial.text());
    }

    @Override
    public void onPartialResponse(String text) {
        part(gathering -> gathering.text(text));
    }

    @Override
    public void onPartialThinking(PartialThinking partial, PartialThinkingContext context) {
        handle.set(context.streamingHandle());
        onPartialThinking(partial);
    }

    @Override
    public void onPartialThinking(PartialThinking partial) {
        part(gathering -> gathering.reasoning(partial.text()));
    }

    @Override
    public void onPartialToolCall(PartialToolCall partial, PartialToolCallContext context) {
        handle.set(context.streamingHandle());
        onPartialToolCall(partial);
    }

    @Override
    public void onPartialToolCall(PartialToolCall partial) {
        part(gathering -> {
            begin(gathering, partial.index(), partial.id(), partial.name());
            gathering.arguments(partial.index(), partial.partialArguments());
        });
    }

    @Override
    public void onCompleteToolCall(CompleteToolCall complete) {
        var request = complete.toolExecutionRequest();
        part(gathering -> {
            if (!begin(gathering, complete.index(), request.id(), request.name())) return;
            gathering.arguments(
                    complete.index(), request.arguments() == null ? "" : request.arguments());
        });
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        pieces.accept(new Piece.Whole(response));
    }

    @Override
    public void onError(Throwable error) {
        pieces.accept(new Piece.Failed(error));
    }

    private void part(Consumer<Gathering> step) {
        pieces.accept(new Piece.Part(step));
    }

    private static boolean begin(Gathering gathering, int index, @Nullable String id, String name) {
        if (gathering.hasCall(index)) return false;
        gathering.call(index, id == null ? "" : id, name);
        return true;
    }
}
