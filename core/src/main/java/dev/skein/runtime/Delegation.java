package dev.skein.runtime;

import dev.skein.agent.Agent;
import dev.skein.agent.RunResult.Canceled;
import dev.skein.agent.RunResult.Completed;
import dev.skein.agent.RunResult.Failed;
import dev.skein.agent.Task;
import dev.skein.agent.Work;
import dev.skein.failure.Invalid;
import dev.skein.failure.Missing;
import dev.skein.failure.SkeinException;
import dev.skein.failure.ToolFailure;
import dev.skein.json.Json;
import dev.skein.json.JsonType;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolCall;
import dev.skein.tool.ToolContext;
import dev.skein.tool.ToolOutput;
import dev.skein.tool.ToolSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The tool by which an agent has another one do something, as a child of its run. What the child
 * may do is what the caller may and the child may. One for each run.
 */
final class Delegation implements Tool {
    private static final int MOST_CALLS = 10;

    private final AgentRuntime runtime;
    private final Delegates delegates;
    private final ToolSpec spec;
    private final AtomicInteger calls = new AtomicInteger();

    Delegation(AgentRuntime runtime, Delegates delegates, ToolSpec spec) {
        this.runtime = runtime;
        this.delegates = delegates;
        this.spec = spec;
    }

    @Override
    public ToolSpec spec() {
        return spec;
    }

    /** The call with the agent's name as it was declared; names are known in any case. */
    ToolCall declared(ToolCall call) {
        if (!(call.arguments() instanceof Json.Obj(var fields))
                || !(fields.get("agent") instanceof Json.Text(var name))) return call;
        var agent = delegates.find(name);
        if (agent.isEmpty()) return call;
        var declared = new LinkedHashMap<>(fields);
        declared.put("agent", Json.of(agent.get().name()));
        return call.withArguments(new Json.Obj(declared));
    }

    @Override
    public ToolOutput call(Json arguments, ToolContext context) throws InterruptedException {
        if (calls.incrementAndGet() > MOST_CALLS)
            throw new SkeinException(
                    new Invalid.Call(
                            "This run has delegated " + MOST_CALLS + " times already.",
                            "Answer with what you have."));
        var name = arguments.get("agent").text();
        var agent =
                delegates
                        .find(name)
                        .orElseThrow(() -> new SkeinException(new Missing.Agent(name, names())));
        return told(agent, arguments.get("task").text());
    }

    private List<String> names() {
        return delegates.reachable().stream().<String>map(Agent::name).toList();
    }

    private <O> ToolOutput told(Agent<O> agent, String task) throws InterruptedException {
        var result = runtime.run(agent, Task.of(input(agent, task)));
        return switch (result) {
            case Completed<O>(var output, var work) -> answered(agent, output, work);
            case Failed<O>(var failure, _) ->
                    failed(
                            agent,
                            failure.code() + ": " + failure.message() + " " + failure.remedy());
            case Canceled<O>(var reason, _) -> failed(agent, "it was canceled: " + reason);
        };
    }

    /** Text for who reads text; what is JSON goes as such to who wants more. */
    private static Json input(Agent<?> agent, String task) {
        if (agent.input().equals(JsonType.text())) return Json.of(task);
        try {
            return Json.parse(task);
        } catch (SkeinException e) {
            return Json.of(task); // the run says what it wanted instead
        }
    }

    private static <O> ToolOutput answered(Agent<O> agent, O output, Work work) {
        long tokens = work.usage().total();
        if (!agent.output().equals(JsonType.text()))
            return new ToolOutput.Value(
                    Json.object(
                            "agent", agent.name(),
                            "turns", work.turns(),
                            "tokens", tokens,
                            "output", agent.output().encode(output)));
        var turns = work.turns() == 1 ? "1 turn" : work.turns() + " turns";
        return new ToolOutput.Text(
                agent.name() + ", " + turns + ", " + tokens + " tokens\n\n" + output);
    }

    private static ToolOutput failed(Agent<?> agent, String problem) {
        return new ToolOutput.Error(
                new ToolFailure.Failed(Delegates.TOOL, "'" + agent.name() + "': " + problem));
    }
}
