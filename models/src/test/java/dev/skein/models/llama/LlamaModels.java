package dev.skein.models.llama;

import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.LlamaOutput;
import de.kherud.llama.ModelParameters;
import de.kherud.llama.Pair;
import dev.skein.model.ChatModel;
import dev.skein.model.Delta;
import dev.skein.model.DeltaListener;
import dev.skein.model.Finish;
import dev.skein.model.Message;
import dev.skein.model.ModelCall;
import dev.skein.model.ModelInfo;
import dev.skein.model.ModelReply;
import dev.skein.model.Usage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A model in a file, run in this process by llama.cpp. Its native code would hold on to the carrier
 * of a virtual thread, so it runs on a platform thread; what it says is told on the caller's.
 */
final class LlamaModels implements ChatModel, AutoCloseable {
    private final LlamaModel model;

    LlamaModels(Path file, int context) {
        this.model =
                new LlamaModel(
                        new ModelParameters()
                                .setModel(file.toString())
                                .setCtxSize(context)
                                .setThreads(1)
                                .disableLog()
                                .skipWarmup());
    }

    @Override
    public ModelInfo info() {
        return new ModelInfo(
                "tiny",
                "llama",
                TinyModel.CONTEXT,
                TinyModel.CONTEXT,
                Set.of(ModelInfo.Feature.STREAMING, ModelInfo.Feature.SCHEMA));
    }

    /** One token, or how it ended. */
    private sealed interface Piece {
        record Token(String text) implements Piece {}

        record End(int tokens) implements Piece {}

        record Broken(Throwable why) implements Piece {}
    }

    @Override
    public ModelReply reply(ModelCall call, DeltaListener deltas) throws InterruptedException {
        var prompt = model.applyTemplate(asked(call));
        int most = Objects.requireNonNull(call.settings().maxTokens());
        var parameters = new InferenceParameters(prompt).setNPredict(most).setSeed(7);
        var output = call.output();
        if (output != null)
            parameters.setGrammar(LlamaModel.jsonSchemaToGrammar(output.schema().canonical()));
        var pieces = new LinkedBlockingQueue<Piece>();
        var stopped = new AtomicBoolean();
        var thread = Thread.ofPlatform().start(() -> generate(parameters, pieces, stopped));
        try {
            return reply(pieces, deltas, model.encode(prompt).length, most);
        } catch (InterruptedException e) {
            stopped.set(true);
            thread.join();
            throw e;
        }
    }

    private static InferenceParameters asked(ModelCall call) {
        var system = new StringBuilder();
        var turns = new ArrayList<Pair<String, String>>();
        for (var message : call.messages()) {
            switch (message) {
                case Message.System(var text, _) -> system.append(text);
                case Message.User user -> turns.add(new Pair<>("user", user.text()));
                case Message.Assistant said -> turns.add(new Pair<>("assistant", said.text()));
                case Message.Results results -> turns.add(new Pair<>("user", results.text()));
            }
        }
        return new InferenceParameters("").setMessages(system.toString(), turns);
    }

    private void generate(
            InferenceParameters parameters,
            LinkedBlockingQueue<Piece> pieces,
            AtomicBoolean stopped) {
        try {
            int tokens = 0;
            var answer = model.generate(parameters).iterator();
            while (answer.hasNext() && !stopped.get()) {
                LlamaOutput next = answer.next();
                tokens++;
                pieces.add(new Piece.Token(next.text));
            }
            if (stopped.get() && answer.hasNext()) answer.cancel();
            pieces.add(new Piece.End(tokens));
        } catch (RuntimeException | Error e) {
            pieces.add(new Piece.Broken(e));
        }
    }

    private static ModelReply reply(
            LinkedBlockingQueue<Piece> pieces, DeltaListener deltas, int input, int most)
            throws InterruptedException {
        var text = new StringBuilder();
        while (true) {
            switch (pieces.take()) {
                case Piece.Token(var piece) -> {
                    text.append(piece);
                    if (!piece.isEmpty()) deltas.on(new Delta.Text(piece));
                }
                case Piece.End(var tokens) -> {
                    var message = Message.Assistant.of(text.toString(), Instant.EPOCH);
                    var finish = tokens >= most ? Finish.LENGTH : Finish.STOP;
                    return new ModelReply(message, Usage.of(input, tokens), finish, "tiny");
                }
                case Piece.Broken(var why) -> throw new IllegalStateException(why);
            }
        }
    }

    List<Integer> tokens(String text) {
        var tokens = new ArrayList<Integer>();
        for (int token : model.encode(text)) tokens.add(token);
        return tokens;
    }

    @Override
    public void close() {
        model.close();
    }
}
