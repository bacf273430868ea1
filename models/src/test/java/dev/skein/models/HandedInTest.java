package dev.skein.models;

import static dev.skein.models.Lent.call;
import static dev.skein.models.Lent.set;
import static dev.skein.models.Lent.typed;
import static dev.skein.models.Lent.with;
import static dev.skein.models.Loopback.WEATHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.skein.agent.ModelAgent;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.json.Json;
import dev.skein.json.JsonType;
import dev.skein.model.ChatModel;
import dev.skein.model.Delta;
import dev.skein.model.Finish;
import dev.skein.model.ModelSettings;
import dev.skein.model.Usage;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.testkit.FakeProvider;
import dev.skein.testkit.Fault;
import dev.skein.testkit.Fault.Point;
import dev.skein.testkit.Piece;
import dev.skein.testkit.Reply;
import dev.skein.tool.Effect;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolCall;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that a program built with LangChain4j, with a client that is not ours. */
class HandedInTest {
    private final FakeProvider provider = FakeProvider.start();

    @AfterEach
    void nothingIsLeft() {
        provider.close();
    }

    private ChatModel model() {
        var whole =
                OpenAiChatModel.builder()
                        .baseUrl(provider.openai().base().toString())
                        .apiKey(provider.openai().key())
                        .modelName("gpt-test")
                        .maxRetries(0)
                        .build();
        var streamed =
                OpenAiStreamingChatModel.builder()
                        .baseUrl(provider.openai().base().toString())
                        .apiKey(provider.openai().key())
                        .modelName("gpt-test")
                        .build();
        return LangChain.model(whole, streamed);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void textsCallsAndTokensComeThrough(boolean streamed) throws Exception {
        var reply =
                Reply.of(
                        new Piece.Text("Let me see."),
                        Piece.call("weather", Json.object("city", "Köln")));
        provider.openai().replies(reply.withUsage(Usage.of(21, 9)));
        var asked = Asked.of(model(), with(call("go"), WEATHER), streamed);
        assertThat(asked.answer().message().text()).isEqualTo("Let me see.");
        assertThat(asked.answer().message().calls())
                .extracting(ToolCall::arguments)
                .containsExactly(Json.object("city", "Köln"));
        assertThat(asked.answer().usage()).isEqualTo(Usage.of(21, 9));
        assertThat(asked.answer().finish()).isEqualTo(Finish.TOOLS);
        assertThat(asked.heardText()).isEqualTo(streamed ? "Let me see." : "");
    }

    @Test
    @Tag("AG-61")
    void aRunUsesItWithItsTools() throws Exception {
        provider.openai().calls("look", Json.object("what", "geese")).replies("Two geese.");
        record Look(String what) {}
        var looked = new ArrayList<String>();
        var look =
                Tool.of("look", "Looks", Look.class, asked -> looked.add(asked.what()))
                        .effect(Effect.READ_ONLY);
        var agent = ModelAgent.of("atlas").withTools("look");
        var config = RuntimeConfig.of(agent).withModel(model()).withTools(look);
        try (var runtime = AgentRuntime.open(config)) {
            assertThat(runtime.run(agent, Task.of("go")).orThrow()).isEqualTo("Two geese.");
            assertThat(looked).containsExactly("geese");
        }
    }

    @Test
    void typedAnswersHaveTheirSchemaSent() throws Exception {
        provider.openai().replies("{\"city\":\"Köln\"}");
        var asked = typed(call("go"), JsonType.of(Loopback.City.class));
        assertThat(Asked.plainly(model(), asked).answer().message().text()).contains("Köln");
        assertThat(provider.openai().seen().getLast().body().canonical())
                .contains("city", "additionalProperties");
    }

    @Test
    void piecesAreHeardOnTheCallingThread() throws Exception {
        provider.openai().replies("It is mild in München, says everybody.");
        Set<Thread> threads = new HashSet<>();
        var heard = new ArrayList<Delta>();
        model().reply(
                        call("go"),
                        delta -> {
                            threads.add(Thread.currentThread());
                            heard.add(delta);
                        });
        assertThat(threads).containsExactly(Thread.currentThread());
        assertThat(heard).hasSizeGreaterThan(1);
    }

    @ParameterizedTest
    @CsvSource({
        "400, model.bad_request",
        "401, model.auth",
        "404, model.bad_request",
        "429, model.rate_limited",
        "500, model.overloaded",
        "503, model.overloaded",
        "529, model.overloaded",
    })
    void failuresAreOurs(int status, String code) throws Exception {
        provider.openai().every(1, Fault.status(status));
        var model = model();
        for (boolean streamed : new boolean[] {false, true}) {
            var asked = Asked.of(model, call("go"), streamed);
            assertThat(asked.code()).isEqualTo(code);
            assertThat(asked.everything()).doesNotContain(provider.openai().key());
        }
    }

    @Test
    void aStreamThatBreaksOffIsNoAnswer() throws Exception {
        provider.openai().replies("It is mild in München, says everybody.");
        provider.openai().every(1, new Fault.CloseAfter(new Point.Events(2)));
        assertThat(Asked.of(model(), call("go"), true).code())
                .isIn("model.stream_broken", "model.bad_reply", "model.unreachable");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Tag("AG-69")
    void anInterruptEndsTheCall(boolean streamed) throws Exception {
        var point = streamed ? new Point.Events(2) : new Point.BeforeHeaders();
        provider.openai().every(1, new Fault.Stall(point, Fault.FOREVER));
        var model = model();
        var asked = new FutureTask<>(() -> Asked.of(model, call("go"), streamed));
        var thread = Thread.ofVirtual().start(asked);
        Until.holds(() -> provider.openai().seen().size() == 1);
        thread.interrupt();
        thread.join();
        assertThatThrownBy(asked::get).hasCauseInstanceOf(InterruptedException.class);
    }

    @Test
    void whatCanOnlyBeSetWhenItIsBuiltIsRefused() throws Exception {
        var settings = ModelSettings.unset().withSeed(7);
        assertThat(Asked.plainly(model(), set(call("go"), settings)).code())
                .isEqualTo("model.bad_request");
    }

    @Test
    void aModelOfTheProgramsOwnNeedsNothingButItsAnswer() throws Exception {
        var parrot =
                new dev.langchain4j.model.chat.ChatModel() {
                    @Override
                    public ChatResponse doChat(ChatRequest request) {
                        return ChatResponse.builder().aiMessage(AiMessage.from("Squawk.")).build();
                    }
                };
        var answer = Asked.plainly(LangChain.model(parrot), call("go")).answer();
        assertThat(answer.message().text()).isEqualTo("Squawk.");
        assertThat(answer.usage().output()).isPositive();
        assertThat(LangChain.model(parrot).info().provider()).isEqualTo("langchain4j");
    }

    @Test
    void whatAModelThrowsIsAFailureOfTheRun() throws Exception {
        StreamingChatModel busy = new Throwing(new RateLimitException("slow down"));
        StreamingChatModel broken = new Throwing(new IllegalStateException("my feathers"));
        assertThat(Asked.of(LangChain.model(busy), call("go"), true).code())
                .isEqualTo("model.rate_limited");
        assertThat(Asked.of(LangChain.model(broken), call("go"), true).code())
                .isEqualTo("model.bad_reply");
    }

    private record Throwing(RuntimeException what) implements StreamingChatModel {
        @Override
        public void doChat(
                ChatRequest request,
                dev.langchain4j.model.chat.response.StreamingChatResponseHandler handler) {
            throw what;
        }
    }

    @Test
    @Tag("AG-69")
    void aModelThatHangsIsLeftWhenTheRunIsCanceled() throws Exception {
        var asked = new CountDownLatch(1);
        var hangs =
                new dev.langchain4j.model.chat.ChatModel() {
                    @Override
                    public ChatResponse doChat(ChatRequest request) {
                        asked.countDown();
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        throw new IllegalStateException("interrupted");
                    }
                };
        var agent = ModelAgent.of("atlas");
        var config = RuntimeConfig.of(agent).withModel(LangChain.model(hangs));
        try (var runtime = AgentRuntime.open(config)) {
            var handle = runtime.spawn(agent, Task.of("go"));
            asked.await();
            handle.cancel("enough");
            assertThat(handle.result()).isInstanceOf(RunResult.Canceled.class);
        }
    }
}
