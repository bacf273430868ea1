package dev.skein.runtime;

import dev.skein.event.Entry;
import dev.skein.event.Ref;
import dev.skein.event.ToolEvent;
import dev.skein.failure.Denied;
import dev.skein.failure.Failure;
import dev.skein.failure.Invalid;
import dev.skein.failure.Missing;
import dev.skein.failure.SkeinException;
import dev.skein.json.Decoded;
import dev.skein.policy.Amounts;
import dev.skein.tool.Decision;
import dev.skein.tool.Effect;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolCall;
import dev.skein.tool.ToolOutput;
import dev.skein.tool.ToolResult;
import dev.skein.tool.ToolSpec;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The only door to a tool. Known? allowed now? trusted? arguments valid? approved? within budget?
 * Then the intent is recorded, the tool runs, its outcome is recorded. The first "no" ends it
 * before the tool's code: the model gets an error result and the run goes on. What was advertised
 * does not matter here.
 */
record ToolGate(LiveRun<?> run, ToolRights rights, Offer offer, Turn turn) {
    /**
     * The turn of which the calls are part.
     *
     * @param resultTokens the most of a result that the model sees, whatever the tool
     * @param reached set when a call was neither unknown nor invalid
     */
    record Turn(int number, long resultTokens, AtomicBoolean reached) {}

    /**
     * What came of a call.
     *
     * @param served null: no tool has run
     */
    record Passed(ToolResult result, Noted noted, @Nullable Served served) {}

    /**
     * How a call is in the journal.
     *
     * @param entry in which it was asked for
     * @param failure it ended so
     */
    record Noted(Entry entry, ToolEvent.ToolCalled call, @Nullable Failure failure) {
        Passed refused(Failure why) {
            return new Passed(
                    new ToolResult(call.call(), said(why), true),
                    new Noted(entry, call, why),
                    null);
        }
    }

    /** A tool that has run. */
    record Served(ToolSpec tool, Duration took) {}

    /** A "no" of one stage. */
    private record Refusal(String rule, Failure failure) {}

    Passed pass(ToolCall asked) throws InterruptedException {
        var tool = tool(asked.name());
        var call = tool instanceof Delegation delegation ? delegation.declared(asked) : asked;
        var arguments = run.keep("application/json", call.arguments().canonical());
        var called =
                new ToolEvent.ToolCalled(
                        call.id(),
                        call.name(),
                        arguments,
                        tool == null ? Effect.WRITE : tool.spec().effect(),
                        "model");
        var noted = new Noted(run.record(called), called, null);
        if (tool == null) return refused(noted, new Refusal("known", unknown(call)));
        var refusal = judge(call, tool, arguments);
        if (refusal == null || !refusal.rule().equals("arguments")) turn.reached().set(true);
        return refusal == null ? carriedOut(call, tool, noted) : refused(noted, refusal);
    }

    private @Nullable Tool tool(String name) {
        if (!name.equals(ReadOutput.NAME)) return offer.find(name);
        var estimator = run.engine().config().ports().estimator();
        return run.spool().isEmpty() || offer.specs().isEmpty()
                ? null
                : new ReadOutput(run.spool(), estimator, turn.resultTokens());
    }

    /** A stored conversation may name an output that went with the run that got it. */
    private Failure unknown(ToolCall call) {
        return call.name().equals(ReadOutput.NAME)
                ? ReadOutput.gone("what it asks for")
                : new Missing.Tool(call.name(), offer.names());
    }

    private @Nullable Refusal judge(ToolCall call, Tool tool, Ref arguments)
            throws InterruptedException {
        var verdict =
                switch (tool) {
                    case Delegation _ -> rights.policyOf(tool.spec());
                    case SessionTools.Handled _ -> rights.given(tool);
                    default -> rights.verdict(tool.spec());
                };
        if (verdict.decision() == Decision.DENY)
            return new Refusal(verdict.rule(), denied(call, verdict.reasons().getFirst()));
        if (tool.spec().input().decodeStrictly(call.arguments())
                instanceof Decoded.Bad<?>(var violations))
            return new Refusal(
                    "arguments",
                    new Invalid.Input("Arguments of tool '" + call.name() + "'", violations));
        if (verdict.decision() == Decision.ASK) {
            var no = new Asked(run, call, arguments, verdict.reasons()).refusal();
            if (no.isPresent()) return new Refusal("approval", denied(call, no.get()));
        }
        return overBudget();
    }

    private @Nullable Refusal overBudget() {
        try {
            run.account().reserve(Amounts.ofTool());
            run.account().settle(Amounts.ofTool(), Amounts.ofTool());
            return null;
        } catch (SkeinException e) {
            return new Refusal("budget", e.failure());
        }
    }

    private Passed carriedOut(ToolCall call, Tool tool, Noted noted) throws InterruptedException {
        var key = run.id() + "/" + turn.number() + "/" + call.id();
        run.record(new ToolEvent.ToolStarted(call.id(), key, 1));
        long start = run.engine().time().nanos();
        var output = new Serve(run, tool, call, key).output();
        var took = Duration.ofNanos(run.engine().time().nanos() - start);
        var text =
                switch (output) {
                    case ToolOutput.Text(var plain) -> plain;
                    case ToolOutput.Value(var value) -> value.canonical();
                    case ToolOutput.Error(var failure) -> said(failure);
                };
        var failure = output instanceof ToolOutput.Error(var why) ? why : null;
        return new Passed(
                new ToolResult(call.id(), text, failure != null),
                new Noted(noted.entry(), noted.call(), failure),
                new Served(tool.spec(), took));
    }

    private Passed refused(Noted noted, Refusal refusal) {
        var call = noted.call();
        run.record(
                new ToolEvent.ToolRefused(
                        call.call(), call.tool(), refusal.rule(), refusal.failure()));
        return noted.refused(refusal.failure());
    }

    private Failure denied(ToolCall call, String reason) {
        return new Denied.Tool(call.name(), reason, offer.names());
    }

    static String said(Failure failure) {
        return failure.code() + ": " + failure.message() + " " + failure.remedy();
    }
}
