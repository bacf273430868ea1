package dev.skein.testkit;

import static dev.skein.testkit.ModelBench.offering;
import static dev.skein.testkit.ModelBench.tool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import dev.skein.model.Finish;
import dev.skein.testkit.ChatModelContract.Trait;
import dev.skein.testkit.Fault.Mangling;
import dev.skein.tool.ToolCall;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers that are whole and make little sense: what can be kept is kept, nothing is made up. */
abstract class ModelNonsenseCases extends ModelFaultCases {
    private static final Json ARGUMENTS = Json.object("text", "geese", "count", 12);

    @ParameterizedTest
    @EnumSource(
            value = Mangling.class,
            names = {"ARGUMENTS_CUT", "ARGUMENTS_NOT_JSON", "ARGUMENTS_TWICE"})
    void argumentsThatAreNoJsonStayText(Mangling how) throws Exception {
        needs(Trait.TOOLS);
        eachWay(bench -> {
            for (var call : calls(bench, how)) {
                assertThat(call.name()).isEqualTo("look");
                assertThat(call.arguments()).isInstanceOf(Json.Text.class);
            }
        });
    }

    @Test
    void aCallWithoutAnIdIsACall() throws Exception {
        needs(Trait.TOOLS);
        eachWay(bench ->
                assertThat(calls(bench, Mangling.NO_CALL_ID))
                        .extracting(ToolCall::arguments)
                        .containsExactly(ARGUMENTS));
    }

    @Test
    void aCallWithAnEmptyIdIsACall() throws Exception {
        needs(Trait.TOOLS);
        eachWay(bench ->
                assertThat(calls(bench, Mangling.EMPTY_CALL_ID))
                        .extracting(ToolCall::arguments)
                        .containsExactly(ARGUMENTS));
    }

    @Test
    void idsThatChangeWithinAnAnswerTearNoCallApart() throws Exception {
        needs(Trait.TOOLS);
        eachWay(bench -> {
            var other = Json.object("text", "swans", "count", 7);
            bench.wire()
                    .script(_ ->
                            Reply.of(Piece.call("look", ARGUMENTS), Piece.call("look", other)));
            bench.next(new Fault.Mangle(Mangling.CHANGING_IDS));
            assertThat(bench.ask(offering(tool("look"))).reply().message().calls())
                    .extracting(ToolCall::arguments)
                    .containsExactly(ARGUMENTS, other);
        });
    }

    @Test
    void callsThatShareAnIdAreAllThere() throws Exception {
        needs(Trait.TOOLS);
        eachWay(bench ->
                assertThat(calls(bench, Mangling.SAME_CALL_ID))
                        .hasSizeGreaterThan(1)
                        .extracting(ToolCall::arguments)
                        .containsOnly(ARGUMENTS));
    }

    @Test
    void fragmentsOfNoCallBelongToNone() throws Exception {
        needs(Trait.TOOLS);
        eachWay(bench -> {
            for (var call : calls(bench, Mangling.UNKNOWN_CALL_ID))
                assertThat(call.arguments()).isIn(ARGUMENTS, Json.object(), Json.of(""));
        });
    }

    @Test
    void callsThatWereCutOffSayLength() throws Exception {
        needs(Trait.TOOLS);
        eachWay(bench -> {
            bench.wire().calls("look", ARGUMENTS);
            bench.next(new Fault.Mangle(Mangling.LENGTH_IN_ARGUMENTS));
            var reply = bench.ask(offering(tool("look"))).reply();
            assertThat(reply.finish()).isEqualTo(Finish.LENGTH);
            assertThat(reply.message().calls())
                    .extracting(ToolCall::arguments)
                    .doesNotContain(ARGUMENTS);
        });
    }

    @Test
    void anUnknownWordAtTheEndIsOther() throws Exception {
        eachWay(bench -> {
            bench.wire().replies(TEXT);
            var answer = bench.next(new Fault.Mangle(Mangling.UNKNOWN_FINISH)).ask("go");
            assertThat(answer.reply().finish()).isEqualTo(Finish.OTHER);
            assertThat(answer.text()).isEqualTo(TEXT);
        });
    }

    @Test
    void noAnswerInTheListIsABadReply() throws Exception {
        eachWay(bench -> {
            bench.wire().replies(TEXT);
            bench.next(new Fault.Mangle(Mangling.NO_CHOICES));
            try {
                var reply = bench.ask("go").reply();
                assertThat(reply.message().text()).isEmpty();
                assertThat(reply.message().calls()).isEmpty();
            } catch (SkeinException e) {
                assertThat(e.failure().code()).isIn("model.bad_reply", "model.stream_broken");
            }
        });
    }

    @Test
    void usageThatIsMissingIsEstimated() throws Exception {
        eachWay(bench -> {
            bench.wire().replies(TEXT);
            var answer = bench.next(new Fault.Mangle(Mangling.NO_USAGE)).ask("go");
            assertThat(answer.text()).isEqualTo(TEXT);
            assertThat(answer.reply().usage().calls()).isEqualTo(1);
            assertThat(answer.reply().usage().output()).isPositive();
        });
    }

    @Test
    void usageIsTakenAsItIsTold() throws Exception {
        eachWay(bench -> {
            bench.wire().replies(TEXT, TEXT, TEXT);
            var usual = bench.ask("How many?").reply().usage();
            bench.next(new Fault.Mangle(Mangling.TENFOLD_USAGE));
            var tenfold = bench.ask("How many?").reply().usage();
            bench.next(new Fault.Mangle(Mangling.ZERO_USAGE));
            var none = bench.ask("How many?").reply().usage();
            assertThat(tenfold.input()).isEqualTo(10 * usual.input());
            assertThat(tenfold.output()).isEqualTo(10 * usual.output());
            assertThat(none.total()).isZero();
        });
    }

    /** The calls of an answer that went wrong like that; none if it was refused as senseless. */
    private static List<ToolCall> calls(ModelBench bench, Mangling how)
            throws InterruptedException {
        bench.wire().calls("look", ARGUMENTS);
        bench.next(new Fault.Mangle(how));
        try {
            return bench.ask(offering(tool("look"))).reply().message().calls();
        } catch (SkeinException e) {
            assertThat(e.failure().code()).isEqualTo("model.bad_reply");
            assertThat(how)
                    .isIn(
                            Mangling.ARGUMENTS_CUT,
                            Mangling.ARGUMENTS_NOT_JSON,
                            Mangling.ARGUMENTS_TWICE,
                            Mangling.UNKNOWN_CALL_ID);
            return List.of();
        }
    }
}
