package dev.skein.runtime;

import dev.skein.agent.Interceptor;
import dev.skein.agent.RunView;
import dev.skein.agent.ToolAccess;
import dev.skein.agent.ToolChain;
import dev.skein.event.ToolEvent;
import dev.skein.failure.Failure;
import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import dev.skein.tool.Effect;
import dev.skein.tool.Sharing;
import dev.skein.tool.ToolCall;
import dev.skein.tool.ToolLimits;
import dev.skein.tool.ToolResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one answer: side by side as far as agent, tools and limits allow; their results in
 * call order.
 */
record ToolRound(LiveRun<?> run, ToolAccess access, ToolGate gate) {
    /**
     * A call that has ended.
     *
     * @param seen null: it is not in the journal, for nobody asked the gate
     */
    record Done(ToolResult result, Repeats.@Nullable Call seen) {}

    /** Blocks until all have ended. A call that fails is an error result and hinders no other. */
    List<Done> results(List<ToolCall> calls) throws InterruptedException {
        int most = run.limits().callsPerTurn();
        var results = new ArrayList<Done>(calls.size());
        for (var batch : batches(calls.subList(0, Math.min(most, calls.size()))))
            results.addAll(together(batch));
        for (var call : calls.subList(results.size(), calls.size()))
            results.add(new Done(tooMany(call, most), null));
        return results;
    }

    /** Neighbors that may run side by side. */
    private List<List<ToolCall>> batches(List<ToolCall> calls) {
        var batches = new ArrayList<List<ToolCall>>();
        boolean open = false;
        for (var call : calls) {
            boolean alone = !access.parallel() || alone(call);
            if (alone || !open) batches.add(new ArrayList<>());
            batches.getLast().add(call);
            open = !alone;
        }
        return batches;
    }

    private boolean alone(ToolCall call) {
        var tool = gate.offer().find(call.name());
        return tool != null && tool.spec().limits().sharing() == Sharing.ALONE;
    }

    private List<Done> together(List<ToolCall> calls) throws InterruptedException {
        if (calls.size() == 1) return List.of(result(calls.getFirst()));
        var permits = new Semaphore(run.limits().parallelCalls());
        try (var nursery = new Nursery<Done>("calls", work -> Lineage.bind(run, work))) {
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

    private static Done ended(Future<Done> call) {
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

    private Done result(ToolCall call) throws InterruptedException {
        var way = new Way(call);
        ToolResult full;
        try {
            full = new Link(way, 0).proceed(call);
        } catch (SkeinException e) {
            full = failed(call, e.failure());
            way.failure = e.failure();
        }
        return ended(full, way);
    }

    /**
     * What leaves the interceptors is what is shown and recorded, so what they took out of a result
     * is nowhere.
     */
    private Done ended(ToolResult full, Way way) {
        var passed = way.passed;
        var served = passed == null ? null : passed.served();
        var limits = served == null ? ToolLimits.standard() : served.tool().limits();
        var shown = new Clipping(run, gate.turn().resultTokens()).clip(full, limits);
        if (passed == null) return new Done(shown, null);
        if (served == null) return new Done(shown, seen(passed, way, ""));
        boolean cut = !shown.equals(full);
        var kept = run.keep("text/plain", shown.text());
        run.record(
                new ToolEvent.ToolReturned(
                        shown.callId(), kept, shown.error(), cut, served.took()));
        // A part that is shown names where the whole is, which is another place each time.
        var whole = cut ? full.text().length() + ":" + full.text().hashCode() : kept.hash();
        return new Done(shown, seen(passed, way, whole));
    }

    private static Repeats.Call seen(ToolGate.Passed passed, Way way, String whole) {
        var noted = passed.noted();
        var failure = way.failure == null ? noted.failure() : way.failure;
        return new Repeats.Call(
                noted.entry().seq(),
                noted.call().tool(),
                noted.call().arguments().hash(),
                failure == null ? whole : failure.code(),
                failure == null && noted.call().effect() != Effect.READ_ONLY);
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

    /** One call on its way through the interceptors to the gate and back. */
    private static final class Way {
        private final ToolCall asked;
        private ToolGate.@Nullable Passed passed;
        private @Nullable Failure failure;

        Way(ToolCall asked) {
            this.asked = asked;
        }
    }

    /**
     * The rest of the way to the gate from one interceptor on. The id is the model's and cannot
     * change.
     */
    private final class Link implements ToolChain {
        private final Way way;
        private final int index;
        private boolean used;

        Link(Way way, int index) {
            this.way = way;
            this.index = index;
        }

        @Override
        public ToolResult proceed(ToolCall call) throws InterruptedException {
            if (used) throw Pipeline.proceededTwice(interceptors().get(index - 1).name());
            used = true;
            var id = way.asked.id();
            var own = call.id().equals(id) ? call : call.withId(id);
            if (index == interceptors().size()) return passed(own);
            var interceptor = interceptors().get(index);
            try {
                var result = interceptor.aroundTool(own, new Link(way, index + 1));
                return new ToolResult(id, result.text(), result.error());
            } catch (SkeinException e) {
                throw e;
            } catch (RuntimeException e) {
                throw Pipeline.threw(interceptor, e, run);
            }
        }

        private ToolResult passed(ToolCall call) throws InterruptedException {
            var passed = gate.pass(call);
            way.passed = passed;
            return passed.result();
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
