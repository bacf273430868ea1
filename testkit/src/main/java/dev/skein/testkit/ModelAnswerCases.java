package dev.skein.testkit;

import static dev.skein.testkit.ModelBench.call;
import static dev.skein.testkit.ModelBench.offering;
import static dev.skein.testkit.ModelBench.settings;
import static dev.skein.testkit.ModelBench.tool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.json.Json;
import dev.skein.model.Delta;
import dev.skein.model.Finish;
import dev.skein.model.Message;
import dev.skein.model.ModelSettings;
import dev.skein.model.Part;
import dev.skein.model.Usage;
import dev.skein.testkit.ChatModelContract.Trait;
import dev.skein.testkit.Seen.Said;
import dev.skein.tool.ToolCall;
import dev.skein.tool.ToolResult;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Answers as they should be: texts, calls, usage, the word at the end; and what the provider is
 * told.
 */
abstract class ModelAnswerCases extends ModelCases {
    private static final Json ARGUMENTS =
            Json.object("text", "wild \"geese\"\n雁🪿", "count", 9_007_199_254_740_993L);

    @Test
    void aTextComesWhole() throws Exception {
        eachWay(bench -> {
            bench.wire().replies(TEXT);
            assertThat(bench.ask("go").text()).isEqualTo(TEXT);
        });
    }

    @Test
    void theHeardPiecesAreTheText() throws Exception {
        streamed(bench -> {
            bench.wire().replies(TEXT);
            var answer = bench.ask("go");
            assertThat(answer.heardText()).isEqualTo(answer.text());
            assertThat(answer.heard()).hasSizeGreaterThan(1);
        });
    }

    @Test
    void severalCallsKeepTheirOrder() throws Exception {
        needs(Trait.TOOLS);
        eachWay(bench -> {
            bench.wire().script(_ -> Reply.of(look(1), find(2), look(3)));
            var calls = bench.ask(offering(tool("look"), tool("find"))).reply().message().calls();
            assertThat(calls).extracting(ToolCall::name).containsExactly("look", "find", "look");
            assertThat(calls)
                    .extracting(call -> call.arguments().get("count").asLong())
                    .containsExactly(1L, 2L, 3L);
        });
    }

    @Test
    void callsDoNotShareAnId() throws Exception {
        needs(Trait.TOOLS);
        eachWay(bench -> {
            bench.wire().script(_ -> Reply.of(look(1), look(2), look(3)));
            var ids =
                    bench.ask(offering(tool("look"))).reply().message().calls().stream()
                            .map(ToolCall::id)
                            .filter(id -> !id.isEmpty())
                            .toList();
            assertThat(ids).doesNotHaveDuplicates();
        });
    }

    @Test
    void argumentsAreKeptExactly() throws Exception {
        needs(Trait.TOOLS);
        eachWay(bench -> {
            bench.wire().calls("look", ARGUMENTS);
            var calls = bench.ask(offering(tool("look"))).reply().message().calls();
            assertThat(calls).extracting(ToolCall::arguments).containsExactly(ARGUMENTS);
        });
    }

    @Test
    void argumentsInFragmentsAreWhole() throws Exception {
        needs(Trait.TOOLS);
        streamed(bench -> {
            bench.wire().script(_ -> Reply.of(look(1), look(2)));
            bench.next(new Fault.Mangle(Fault.Mangling.TINY_FRAGMENTS));
            var answer = bench.ask(offering(tool("look")));
            assertThat(answer.reply().message().calls())
                    .extracting(call -> call.arguments().get("count").asLong())
                    .containsExactly(1L, 2L);
        });
    }

    @Test
    void theHeardFragmentsAreTheArguments() throws Exception {
        needs(Trait.TOOLS);
        streamed(bench -> {
            bench.wire().calls("look", ARGUMENTS);
            var heard = bench.ask(offering(tool("look"))).heard();
            assertThat(heard)
                    .filteredOn(Delta.CallStarted.class::isInstance)
                    .extracting(delta -> ((Delta.CallStarted) delta).name())
                    .containsExactly("look");
            var fragments =
                    heard.stream()
                            .map(delta ->
                                    delta instanceof Delta.CallArguments(_, var part) ? part : "")
                            .collect(Collectors.joining());
            assertThat(Json.parse(fragments)).isEqualTo(ARGUMENTS);
        });
    }

    @Test
    void textBesideCallsIsKept() throws Exception {
        needs(Trait.TOOLS);
        eachWay(bench -> {
            bench.wire().script(_ -> Reply.of(new Piece.Text("Let me look."), look(1)));
            var answer = bench.ask(offering(tool("look")));
            assertThat(answer.text()).isEqualTo("Let me look.");
            assertThat(answer.reply().message().calls()).hasSize(1);
        });
    }

    @Test
    void theConversationArrivesAsItWas() throws Exception {
        needs(Trait.TOOLS);
        eachWay(bench -> {
            bench.wire().replies("Done.");
            bench.ask(call(conversation(false), tool("look"), tool("find")));
            assertThat(bench.seen().said())
                    .extracting(Said::role)
                    .containsExactly("system", "user", "assistant", "tool", "tool", "user");
            assertThat(bench.seen().said())
                    .extracting(Said::text)
                    .containsSequence("found a goose", "found a swan", TEXT);
            assertThat(bench.seen().said().get(2).calls())
                    .extracting(Piece.Call::tool)
                    .containsExactly("look", "find");
            assertThat(bench.seen().said().get(2).calls())
                    .extracting(Piece.Call::arguments)
                    .containsExactly(ARGUMENTS, ARGUMENTS);
        });
    }

    @Test
    void resultsAnswerTheirCalls() throws Exception {
        needs(Trait.TOOLS);
        eachWay(bench -> {
            bench.wire().replies("Done.");
            bench.ask(call(conversation(false), tool("look"), tool("find")));
            var calls = bench.seen().said().get(2).calls();
            assertThat(bench.seen().said().subList(3, 5))
                    .extracting(Said::answers)
                    .containsExactly(named(calls.get(0)), named(calls.get(1)));
        });
    }

    @Test
    void resultsThatAreErrorsArrive() throws Exception {
        needs(Trait.TOOLS);
        eachWay(bench -> {
            bench.wire().replies("Done.");
            bench.ask(call(conversation(true), tool("look"), tool("find")));
            assertThat(bench.seen().results().getFirst()).contains("found a goose");
        });
    }

    @Test
    void toolsArriveWithDescriptionAndSchema() throws Exception {
        needs(Trait.TOOLS);
        eachWay(bench -> {
            bench.wire().replies("Done.");
            bench.ask(offering(tool("look")));
            assertThat(bench.seen().body().canonical())
                    .contains("\"look\"", "Looks for what look means.", "\"count\"")
                    .containsIgnoringCase("integer");
        });
    }

    @Test
    void settingsArrive() throws Exception {
        eachWay(bench -> {
            bench.wire().replies("Done.");
            var chosen =
                    ModelSettings.unset().withMaxTokens(731).withTemperature(0.25).withStop("HALT");
            bench.ask(settings(call("go"), chosen));
            assertThat(bench.seen().body().canonical()).contains("731", "0.25", "HALT");
        });
    }

    @Test
    void usageIsWhatTheProviderCounted() throws Exception {
        eachWay(bench -> {
            bench.wire().replies(TEXT);
            var usage = bench.ask("How many?").reply().usage();
            assertThat(Patience.until(() -> bench.provider().ledger().answered() == 1)).isTrue();
            var ledger = bench.provider().ledger();
            assertThat(usage.input()).isEqualTo(ledger.inputTokens()).isPositive();
            assertThat(usage.output()).isEqualTo(ledger.outputTokens()).isPositive();
            assertThat(usage.calls()).isEqualTo(1);
        });
    }

    @Test
    void cachedTokensArePartOfTheInput() throws Exception {
        needs(Trait.CACHE_COUNT);
        eachWay(bench -> {
            var counted = Usage.of(100, 7).withCache(64, 0);
            bench.wire().script(_ -> Reply.text("Yes.").withUsage(counted));
            var usage = bench.ask("go").reply().usage();
            assertThat(usage.input()).isEqualTo(100);
            assertThat(usage.cacheRead()).isEqualTo(64);
            assertThat(usage.output()).isEqualTo(7);
        });
    }

    @Test
    void thinkingIsPartOfTheOutput() throws Exception {
        needs(Trait.REASONING_COUNT);
        eachWay(bench -> {
            var counted = Usage.of(100, 50).withReasoning(40);
            bench.wire().script(_ -> Reply.text("Yes.").withUsage(counted));
            var usage = bench.ask("go").reply().usage();
            assertThat(usage.reasoning()).isEqualTo(40);
            assertThat(usage.output()).isEqualTo(50);
        });
    }

    @Test
    void thoughtsAreKeptApartFromTheText() throws Exception {
        needs(Trait.REASONING_TEXT);
        eachWay(bench -> {
            var thought = new Piece.Reasoning("Geese are birds.");
            bench.wire().script(_ -> Reply.of(thought, new Piece.Text("They fly.")));
            var answer = bench.ask("go");
            assertThat(answer.text()).isEqualTo("They fly.");
            assertThat(answer.reply().message().parts())
                    .anyMatch(part ->
                            part instanceof Part.Reasoning(var text, _)
                                    && text.equals("Geese are birds."));
        });
    }

    @Test
    void anAnswerThatIsDoneSaysStop() throws Exception {
        eachWay(bench -> {
            bench.wire().replies(TEXT);
            assertThat(bench.ask("go").reply().finish()).isEqualTo(Finish.STOP);
        });
    }

    @Test
    void anAnswerWithCallsSaysTools() throws Exception {
        needs(Trait.TOOLS);
        eachWay(bench -> {
            bench.wire().calls("look", ARGUMENTS);
            assertThat(bench.ask(offering(tool("look"))).reply().finish()).isEqualTo(Finish.TOOLS);
        });
    }

    @Test
    void anAnswerThatWasCutOffSaysLength() throws Exception {
        eachWay(bench -> {
            bench.wire().script(_ -> Reply.text(TEXT).withFinish(Finish.LENGTH));
            var answer = bench.ask("go");
            assertThat(answer.reply().finish()).isEqualTo(Finish.LENGTH);
            assertThat(answer.text()).isEqualTo(TEXT);
        });
    }

    @Test
    void anAnswerThatDeclinesSaysRefused() throws Exception {
        needs(Trait.REFUSAL_WORD);
        eachWay(bench -> {
            bench.wire().script(_ -> Reply.text("I will not.").withFinish(Finish.REFUSED));
            assertThat(bench.ask("go").reply().finish()).isEqualTo(Finish.REFUSED);
        });
    }

    @Test
    void theAnswerNamesItsModel() throws Exception {
        eachWay(bench -> {
            bench.wire().replies("Yes.");
            assertThat(bench.ask("go").reply().model()).contains(ModelBench.NAME);
        });
    }

    @Test
    void theSameCallTwiceAsksTwice() throws Exception {
        eachWay(bench -> {
            bench.wire().replies("One.", "Two.");
            var call = call("go");
            assertThat(bench.ask(call).text()).isEqualTo("One.");
            assertThat(bench.ask(call).text()).isEqualTo("Two.");
        });
    }

    private static Piece look(int count) {
        return Piece.call("look", Json.object("text", "a", "count", count));
    }

    private static Piece find(int count) {
        return Piece.call("find", Json.object("text", "b", "count", count));
    }

    /** What a result of that call names: its id, or its tool on wires without ids. */
    private static String named(Piece.Call call) {
        return call.id().isEmpty() ? call.tool() : call.id();
    }

    private static List<Message> conversation(boolean error) {
        var calls =
                List.of(
                        new ToolCall("call_a1", "look", ARGUMENTS),
                        new ToolCall("call_b2", "find", ARGUMENTS));
        var results =
                List.of(
                        new ToolResult("call_a1", "found a goose", error),
                        new ToolResult("call_b2", "found a swan", false));
        var now = Instant.EPOCH;
        return List.of(
                new Message.System("You know birds.", now),
                Message.User.of("Which birds?", now),
                Message.Assistant.of("Let me see.", now).withCalls(calls),
                new Message.Results(results, now),
                Message.User.of(TEXT, now));
    }
}
