package dev.skein.runtime;

import dev.skein.agent.Interceptor;
import dev.skein.agent.ModelAgent;
import dev.skein.agent.RunView;
import dev.skein.agent.ToolChain;
import dev.skein.event.ToolEvent;
import dev.skein.failure.Failure;
import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import dev.skein.tool.Sharing;
import dev.skein.tool.ToolCall;
import dev.skein.tool.ToolResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * The calls of one answer: side by side as far as agent, tools and limits allow; their results in
 * call order.
 */
record ToolRound(LiveRun<?> run, ModelAgent<?> agent, ToolGate gate) {
    /** Blocks until all have ended. A call that fails is an error result and hinders no other. */
    List<ToolResult> results(List<ToolCall> calls) throws InterruptedException {
        int most = run.limits().callsPerTurn();
        var results = new ArrayList<ToolResult>(calls.size());
        for (var batch : batches(calls.subList(0, Math.min(most, calls.size()))))
            results.addAll(together(batch));
        for (var call : calls.subList(results.size(), calls.size()))
            results.add(tooMany(call, most));
        return results;
    }

    /** Neighbors that may run side by side. */
    private List<List<ToolCall>> batches(List<ToolCall> calls) {
        var batches = new ArrayList<List<ToolCall>>();
        boolean open = false;
        for (var call : calls) {
            boolean alone = !agent.tools().parallel() || alone(call);
            if (alone || !open) batches.add(new ArrayList<>());
            batches.getLast().add(call);
            open = !alone;
        }
        return batches;
    }

    private boolean alone(ToolCall call) {
        var tool = gate.offer().known().get(call.name());
        return tool != null && tool.spec().limits().sharing() == Sharing.ALONE;
    }

    private List<ToolResult> together(List<ToolCall> calls) throws InterruptedException {
        if (calls.size() == 1) return List.of(result(calls.getFirst()));
        var permits = new Semaphore(run.limits().parallelCalls());
        try (var nursery = new Nursery<ToolResult>("calls", work -> Lineage.bind(run, work))) {
            for (var call : calls) {
                permits.acquire();
                nursery.fork(() -> {
                    try {
                        return result(call);
                    } finally {
                        permits.release();
                    }
                });
            }
            return nursery.join().stream().map(ToolRound::ended).toList();
        }
    }

    private static ToolResult ended(Future<ToolResult> call) {
        return switch (call.state()) {
            case SUCCESS -> call.resultNow();
            case FAILED ->
                    throw call.exceptionNow() instanceof RuntimeException e
                            ? e
                            : new IllegalStateException(call.exceptionNow());
            case CANCELLED, RUNNING ->
                    throw new IllegalStateException(
                            "a joined call is neither running nor canceled");
        };
    }

    private ToolResult result(ToolCall call) throws InterruptedException {
        try {
            return new Link(call, 0).proceed(call);
        } catch (SkeinException e) {
            return failed(call, e.failure());
        }
    }

    private ToolResult tooMany(ToolCall call, int most) {
        return failed(
                call,
                new Invalid.Call(
                        "Only " + most + " calls of one answer are carried out; this one was not.",
                        "Call it in the next turn."));
    }

    private ToolResult failed(ToolCall call, Failure failure) {
        run.record(new ToolEvent.ToolRefused(call.id(), call.name(), "round", failure));
        return new ToolResult(call.id(), ToolGate.said(failure), true);
    }

    /**
     * The rest of the way to the gate from one interceptor on. The id is the model's and cannot
     * change.
     */
    private final class Link implements ToolChain {
        private final ToolCall asked;
        private final int index;
        private boolean used;

        Link(ToolCall asked, int index) {
            this.asked = asked;
            this.index = index;
        }

        @Override
        public ToolResult proceed(ToolCall call) throws InterruptedException {
            if (used) throw Pipeline.proceededTwice(interceptors().get(index - 1).name());
            used = true;
            var own = call.id().equals(asked.id()) ? call : call.withId(asked.id());
            if (index == interceptors().size()) return gate.pass(own);
            var interceptor = interceptors().get(index);
            try {
                var result = interceptor.aroundTool(own, new Link(asked, index + 1));
                return new ToolResult(asked.id(), result.text(), result.error());
            } catch (SkeinException e) {
                throw e;
            } catch (RuntimeException e) {
                throw Pipeline.threw(interceptor, e, run);
            }
        }

        @Override
        public RunView run() {
            return run.view();
        }
    }

    private List<Interceptor> interceptors() {
        return run.parts().interceptors();
    }
}
