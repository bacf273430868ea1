package dev.skein.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.skein.failure.Failure;
import dev.skein.failure.SkeinException;
import dev.skein.json.JsonType;
import dev.skein.model.ChatModel;
import dev.skein.model.Delta;
import dev.skein.model.DeltaListener;
import dev.skein.model.Message;
import dev.skein.model.ModelCall;
import dev.skein.model.ModelReply;
import dev.skein.model.ModelSettings;
import dev.skein.policy.Timekeeper;
import dev.skein.tool.Tool;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A model, the provider that it speaks to, and the way in which it is asked. */
record ModelBench(FakeProvider provider, Wire wire, ChatModel model, Way way) {
    static final String NAME = "test-1";
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    /** How an answer is asked for. */
    enum Way {
        WHOLE,
        STREAMED
    }

    /** Arguments of the tools that are offered. */
    record Query(String text, int count) {}

    /** An answer and what was heard of it before. */
    record Answer(ModelReply reply, List<Delta> heard) {
        String text() {
            return reply.message().text();
        }

        String heardText() {
            return heard.stream()
                    .map(delta -> delta instanceof Delta.Text(var text) ? text : "")
                    .collect(Collectors.joining());
        }
    }

    /** The next request goes wrong like that. */
    ModelBench next(Fault fault) {
        wire.at(asked() + 1, fault);
        return this;
    }

    Answer ask(ModelCall call) throws InterruptedException {
        var heard = new ArrayList<Delta>();
        var reply =
                switch (way) {
                    case WHOLE -> model.reply(call, DeltaListener.none());
                    case STREAMED -> model.reply(call, heard::add);
                };
        return new Answer(reply, heard);
    }

    Answer ask(String text) throws InterruptedException {
        return ask(call(text));
    }

    /** The failure that the call ends with; anything else is a failed case. */
    Failure failure(ModelCall call) {
        return exception(call).failure();
    }

    Failure failure() {
        return failure(call("go"));
    }

    SkeinException exception(ModelCall call) {
        var thrown = catchThrowable(() -> ask(call));
        assertThat(thrown).as("what the call ended with").isInstanceOf(SkeinException.class);
        return (SkeinException) thrown;
    }

    /** How many requests the provider has seen. */
    int asked() {
        return wire.seen().size();
    }

    /** The last request that the provider has seen. */
    Seen seen() {
        return wire.seen().getLast();
    }

    static Tool tool(String name) {
        return Tool.of(name, "Looks for what " + name + " means.", Query.class, _ -> "found");
    }

    static ModelCall call(String text) {
        return call(List.of(Message.User.of(text, Instant.EPOCH)));
    }

    static ModelCall call(List<Message> messages, Tool... tools) {
        return new ModelCall(
                "run/1.1",
                messages,
                List.of(tools).stream().map(Tool::spec).toList(),
                ModelSettings.unset().withMaxTokens(1_000),
                null,
                soon(DEADLINE));
    }

    static ModelCall offering(Tool... tools) {
        return call(List.of(Message.User.of("go", Instant.EPOCH)), tools);
    }

    static ModelCall settings(ModelCall call, ModelSettings settings) {
        return new ModelCall(
                call.id(), call.messages(), call.tools(), settings, call.output(), call.deadline());
    }

    static ModelCall output(JsonType<?> type) {
        var call = call("go");
        return new ModelCall(
                call.id(), call.messages(), call.tools(), call.settings(), type, call.deadline());
    }

    static ModelCall within(Duration limit) {
        var call = call("go");
        return new ModelCall(
                call.id(), call.messages(), call.tools(), call.settings(), null, soon(limit));
    }

    private static Instant soon(Duration time) {
        return Timekeeper.system().instant().plus(time);
    }
}
