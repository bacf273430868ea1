package dev.skein.runtime;

import dev.skein.event.ToolEvent;
import dev.skein.failure.Denied;
import dev.skein.harness.Report;
import dev.skein.tool.Decision;
import dev.skein.tool.Effect;
import dev.skein.tool.ToolCall;
import java.util.List;
import java.util.Optional;

/** A tool of an agent's own program that it wants to use: the gate says whether it may. */
record ProgramTool(LiveRun<?> run, ToolRights rights, Report.Asked asked) {
    /** Why it may not, or empty if it may. Blocks while a person is asked. */
    Optional<String> refusal() throws InterruptedException {
        var arguments = run.keep("application/json", asked.arguments().canonical());
        run.record(
                new ToolEvent.ToolCalled(
                        asked.ask(), asked.tool(), arguments, Effect.WRITE, "harness"));
        var verdict = rights.ofProgram(asked.tool());
        if (verdict.decision() == Decision.DENY)
            return refused(verdict.rule(), verdict.reasons().getFirst());
        if (verdict.decision() == Decision.ALLOW) return Optional.empty();
        var call = new ToolCall(asked.ask(), asked.tool(), asked.arguments());
        var no = new Asked(run, call, arguments, verdict.reasons()).refusal();
        return no.isPresent() ? refused("approval", no.get()) : no;
    }

    private Optional<String> refused(String rule, String reason) {
        var denied = new Denied.Tool(asked.tool(), reason, List.of());
        run.record(new ToolEvent.ToolRefused(asked.ask(), asked.tool(), rule, denied));
        return Optional.of(denied.message());
    }
}
