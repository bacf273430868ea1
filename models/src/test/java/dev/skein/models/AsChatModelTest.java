package dev.skein.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.Result;
import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.TokenStream;
import dev.skein.agent.Agent;
import dev.skein.agent.ModelAgent;
import dev.skein.failure.ModelFailure;
import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import dev.skein.model.Message;
import dev.skein.models.ScriptedModel.Step;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.tool.Effect;
import dev.skein.tool.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Agents in programs that were written for LangChain4j. */
class AsChatModelTest {
    private static final ModelAgent<String> ATLAS = ModelAgent.of("atlas");

    private final List<AgentRuntime> open = new ArrayList<>();

    interface Assistant {
        String ask(String question);
    }

    interface Counting {
        Result<String> ask(String question);
    }

    interface Streaming {
        TokenStream ask(String question);
    }

    interface Polite {
        @SystemMessage("Be polite.")
        String ask(String question);
    }

    interface Tally {
        Count count(String what);
    }

    record Count(String what, int number) {}

    record Look(String what) {}

    @AfterEach
    void nothingIsLeft() {
        open.forEach(AgentRuntime::close);
    }

    private AgentRuntime runtime(Agent<?> agent, ScriptedModel model) {
        return runtime(agent, model, config -> config);
    }

    private AgentRuntime runtime(
            Agent<?> agent, ScriptedModel model, UnaryOperator<RuntimeConfig> more) {
        var runtime = AgentRuntime.open(more.apply(RuntimeConfig.of(agent).withModel(model)));
        open.add(runtime);
        return runtime;
    }

    private <S> S service(Class<S> type, Agent<?> agent, ScriptedModel model) {
        return AiServices.create(type, LangChain.asChatModel(runtime(agent, model), agent));
    }

    private static String heard(ScriptedModel model) {
        return model.calls().getLast().messages().getLast().text();
    }

    @Test
    @Tag("AG-61")
    void aServiceIsAnsweredByARunWithItsTools() {
        var model =
                ScriptedModel.of(
                        ScriptedModel.call("look", Json.object("what", "geese")),
                        ScriptedModel.text("Two geese."));
        var looked = new ArrayList<String>();
        var look =
                Tool.of("look", "Looks", Look.class, asked -> looked.add(asked.what()))
                        .effect(Effect.READ_ONLY);
        var agent = ATLAS.withTools("look");
        var runtime = runtime(agent, model, config -> config.withTools(look));
        var counting = AiServices.create(Counting.class, LangChain.asChatModel(runtime, agent));

        var result = counting.ask("How many?");

        assertThat(result.content()).isEqualTo("Two geese.");
        assertThat(looked).containsExactly("geese");
        assertThat(result.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(result.tokenUsage().totalTokenCount()).isPositive();
        assertThat(result.finalResponse().modelName()).isNotEmpty();
        assertThat(result.finalResponse().id()).hasSize(26);
        assertThat(heard(model)).doesNotContain("This was said before");
    }

    @Test
    @Tag("AG-61")
    void whatWasSaidBeforeComesAsBackground() {
        var model = ScriptedModel.of(ScriptedModel.text("Two."), ScriptedModel.text("Swans."));
        var assistant =
                AiServices.builder(Assistant.class)
                        .chatModel(LangChain.asChatModel(runtime(ATLAS, model), ATLAS))
                        .chatMemory(MessageWindowChatMemory.withMaxMessages(10))
                        .build();
        assertThat(assistant.ask("How many geese?")).isEqualTo("Two.");
        assertThat(assistant.ask("And what else?")).isEqualTo("Swans.");
        assertThat(heard(model))
                .contains("This was said before", "User: How many geese?", "You: Two.")
                .endsWith("What comes last:\nAnd what else?");
        assertThat(model.calls().getLast().messages())
                .filteredOn(Message.Assistant.class::isInstance)
                .isEmpty();
    }

    @Test
    void instructionsOfTheCallerDoNotReplaceThoseOfTheAgent() {
        var agent = ATLAS.withInstructions("You count birds.");
        var model = ScriptedModel.of(ScriptedModel.text("Two, if you please."));
        assertThat(service(Polite.class, agent, model).ask("How many?"))
                .isEqualTo("Two, if you please.");
        var messages = model.calls().getLast().messages();
        assertThat(messages.getFirst().text()).isEqualTo("You count birds.");
        assertThat(heard(model)).contains("The caller's words to you: Be polite.");
    }

    @Test
    void aTypedOutputIsAnsweredAsItsJson() {
        var agent = ModelAgent.of("counter", Count.class);
        var model = ScriptedModel.of(ScriptedModel.value(new Count("geese", 2)));
        assertThat(service(Tally.class, agent, model).count("geese"))
                .isEqualTo(new Count("geese", 2));
    }

    @Test
    void aTypedInputIsTheJsonOfOneMessage() {
        var agent = ATLAS.withInput(Look.class);
        var model = ScriptedModel.always(ScriptedModel.text("Seen."));
        var asked = LangChain.asChatModel(runtime(agent, model), agent);
        assertThat(asked.chat("{\"what\":\"geese\"}")).isEqualTo("Seen.");
        var talk = List.of(UserMessage.from("a"), AiMessage.from("b"), UserMessage.from("{}"));
        var thrown =
                catchThrowableOfType(SkeinException.class, () -> asked.chat(List.copyOf(talk)));
        assertThat(thrown.failure().message()).contains("no conversation");
        assertThat(model.calls()).hasSize(1);
    }

    @Test
    @Tag("AG-61")
    void whatBelongsToTheAgentIsRefusedAllAtOnce() {
        var model = ScriptedModel.always(ScriptedModel.text("Never."));
        var asked = LangChain.asChatModel(runtime(ATLAS, model), ATLAS);
        var request =
                ChatRequest.builder()
                        .messages(UserMessage.from(ImageContent.from("http://localhost/x.png")))
                        .toolSpecifications(ToolSpecification.builder().name("look").build())
                        .responseFormat(ResponseFormat.JSON)
                        .temperature(0.5)
                        .stopSequences(List.of("x"))
                        .build();
        var thrown = catchThrowableOfType(SkeinException.class, () -> asked.chat(request));
        assertThat(thrown.failure().code()).isEqualTo("invalid.spec");
        assertThat(thrown.failure().message())
                .contains("'atlas'", "tools", "response format", "0.5", "stop", "IMAGE");
        var unasked =
                catchThrowableOfType(
                        SkeinException.class, () -> asked.chat(AiMessage.from("I say.")));
        assertThat(unasked.failure().message()).contains("the last must be the user's");
        assertThat(model.calls()).isEmpty();
    }

    @Test
    void aModelMayBeNamed() {
        var usual = ScriptedModel.always(ScriptedModel.text("Usual."));
        var other = ScriptedModel.always(ScriptedModel.text("Other."));
        var runtime = runtime(ATLAS, usual, config -> config.withNamedModel("other", other));
        var request =
                ChatRequest.builder().messages(UserMessage.from("x")).modelName("other").build();
        assertThat(LangChain.asChatModel(runtime, ATLAS).chat(request).aiMessage().text())
                .isEqualTo("Other.");
    }

    @Test
    @Tag("AG-61")
    void aRunThatFailsIsThrownAsItsFailure() {
        var model = ScriptedModel.always(ScriptedModel.fail(new ModelFailure.Quota("x", 402, "")));
        var assistant = service(Assistant.class, ATLAS, model);
        var thrown = catchThrowableOfType(SkeinException.class, () -> assistant.ask("go"));
        assertThat(thrown.failure()).isInstanceOf(ModelFailure.Quota.class);
    }

    @Test
    @Tag("AG-61")
    @Tag("AG-69")
    void anInterruptCancelsTheRunAndStaysVisible() throws Exception {
        var model = ScriptedModel.always(ScriptedModel.hang());
        var assistant = service(Assistant.class, ATLAS, model);
        var asked =
                new FutureTask<>(() -> {
                    var thrown =
                            catchThrowableOfType(SkeinException.class, () -> assistant.ask("go"));
                    assertThat(Thread.currentThread().isInterrupted()).isTrue();
                    return thrown.failure().code();
                });
        var thread = Thread.ofVirtual().start(asked);
        Until.holds(() -> model.calls().size() == 1);
        thread.interrupt();
        assertThat(asked.get()).isEqualTo("run.canceled");
    }

    @Test
    @Tag("AG-61")
    void aStreamTellsItsPiecesAndThenTheWhole() {
        var model = ScriptedModel.of(ScriptedModel.text("It is mild in München."));
        var streaming =
                AiServices.create(
                        Streaming.class,
                        LangChain.asStreamingChatModel(runtime(ATLAS, model), ATLAS));
        var pieces = new StringBuilder();
        var ends = new ArrayList<ChatResponse>();
        streaming
                .ask("go")
                .onPartialResponse(pieces::append)
                .onCompleteResponse(ends::add)
                .onError(e -> pieces.append(e))
                .start();
        assertThat(pieces).hasToString("It is mild in München.");
        assertThat(ends).extracting(end -> end.aiMessage().text()).containsExactly(pieces + "");
    }

    @Test
    void aStreamThatFailsTellsTheHandler() {
        Step quota = ScriptedModel.fail(new ModelFailure.Quota("x", 402, ""));
        var runtime = runtime(ATLAS, ScriptedModel.always(quota));
        var errors = new ArrayList<Throwable>();
        LangChain.asStreamingChatModel(runtime, ATLAS)
                .chat(
                        "go",
                        new StreamingChatResponseHandler() {
                            @Override
                            public void onCompleteResponse(ChatResponse response) {
                                errors.add(new AssertionError("it must not complete"));
                            }

                            @Override
                            public void onError(Throwable error) {
                                errors.add(error);
                            }
                        });
        assertThat(errors).singleElement().isInstanceOf(SkeinException.class);
    }
}
