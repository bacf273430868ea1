package dev.skein.runtime;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.Task;
import dev.skein.event.TurnEvent;
import dev.skein.failure.Limit;
import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import dev.skein.model.Finish;
import dev.skein.model.Message;
import dev.skein.model.ModelCall;
import dev.skein.model.ModelInfo;
import dev.skein.model.ModelReply;
import dev.skein.model.ProviderTool;
import dev.skein.tool.ToolCall;
import dev.skein.tool.ToolResult;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Begins the turns of one run: writes the instructions, fits the conversation to the model, asks,
 * and tidies the answer.
 */
final class Turns {
    private static final int MOST_SHRINKS = 2;
    private static final double SHRINK = 0.75;

    /** What providers count as output is also what a model thinks before it answers. */
    private static final long THOUGHTS = 12_288;

    private final LiveRun<?> run;
    private final ModelAgent<?> agent;
    private final Conversation talk;
    private boolean toolless;
    private final Prompt prompt;
    private final Compacting compacting;
    private int shrinks;
    private long sent;
    private long ceiling = Long.MAX_VALUE;

    Turns(LiveRun<?> run, ModelAgent<?> agent, Task task, Conversation talk) {
        this.run = run;
        this.agent = agent;
        this.talk = talk;
        var config = run.engine().config();
        var now = ZonedDateTime.ofInstant(run.engine().clock().instant(), config.ports().zone());
        var around = new Prompt.Surroundings(now, run.namespace().key(), talk.metadata());
        this.compacting = new Compacting(run, agent, talk);
        this.prompt = new Prompt(agent, task, config.agents().preamble(), around);
    }

    /** A turn whose answer is there. */
    final class Turn {
        private final int number;
        private final ModelAsking asking;
        private final Offer offer;
        private final ModelReply reply;

        private Turn(int number, ModelAsking asking, Offer offer, ModelReply reply) {
            this.number = number;
            this.asking = asking;
            this.offer = offer;
            this.reply = reply;
        }

        int number() {
            return number;
        }

        String model() {
            return asking.modelName();
        }

        ModelReply reply() {
            return reply;
        }

        /**
         * What came of its calls.
         *
         * @param reached whether any of them was one that the agent could make
         * @param seen those of them that are in the journal
         */
        record Called(List<ToolResult> results, boolean reached, List<Repeats.Call> seen) {}

        Called results() throws InterruptedException {
            long tokens =
                    agent.context()
                            .window()
                            .toolResultTokens(asking.model().model().info().contextTokens());
            var reached = new AtomicBoolean();
            var gate =
                    new ToolGate(run, rights(), offer, new ToolGate.Turn(number, tokens, reached));
            var done = new ToolRound(run, agent.tools(), gate).results(reply.message().calls());
            return new Called(
                    done.stream().map(ToolRound.Done::result).toList(),
                    reached.get(),
                    done.stream().map(ToolRound.Done::seen).filter(Objects::nonNull).toList());
        }
    }

    /** Whether the next turn has no tools, not even those of the provider. */
    void withoutTools(boolean toolless) {
        this.toolless = toolless;
    }

    Turn begin(ModelAsking asking, Offer offer, int number) throws InterruptedException {
        if (Thread.interrupted()) throw new InterruptedException();
        run.progress().asked(asking.modelName());
        while (true) {
            try {
                var reply = asked(asking, offer, number);
                run.progress().switchedTo(asking.modelName());
                return new Turn(number, asking, offer, reply);
            } catch (SkeinException e) {
                boolean tooLongForModel = e.failure() instanceof Limit.Context && sent > 0;
                if (!tooLongForModel || shrinks++ == MOST_SHRINKS) throw e;
                ceiling = (long) (sent * SHRINK);
            }
        }
    }

    private ModelReply asked(ModelAsking asking, Offer offer, int number)
            throws InterruptedException {
        sent = 0;
        var info = asking.model().model().info();
        var parts = run.parts();
        var text = prompt.text(offer.specs());
        var window =
                new Window(
                        run.engine().config().ports().estimator(),
                        Math.min(
                                ceiling, agent.context().window().available(info.contextTokens())));
        var fixed =
                new Window.Fixed(window.instructions(text), offer.tokens() + parts.schemaTokens());
        compacting.condense(asking, window, fixed, number);
        var fit = window.fit(fixed, talk.messages(), talk.sizes());
        if (fit.from() > 0)
            run.record(
                    new TurnEvent.ContextTrimmed(
                            fit.before(), fit.tokens(), fit.from(), compacting.trimmedBecause()));
        var messages = new ArrayList<Message>(talk.messages().size() - fit.from() + 1);
        if (!text.isEmpty()) messages.add(new Message.System(text, run.engine().clock().instant()));
        var sentPart = talk.messages().subList(fit.from(), talk.messages().size());
        messages.addAll(Voices.heardBy(agent.name(), sentPart));
        sent = fit.tokens();
        run.record(new TurnEvent.TurnStarted(number, messages.size(), fit.tokens()));
        var desk = run.desk();
        if (desk != null) desk.asked();
        var settings = agent.model().settings();
        if (settings.maxTokens() == null) settings = settings.withMaxTokens(outputTokens(info));
        var call =
                new ModelCall(
                        run.id() + "/" + number,
                        messages,
                        offer.specs(),
                        settings,
                        parts.output(),
                        run.clock().deadline(),
                        provided());
        var reply = asking.ask(call, fit.tokens());
        MessageSize.checkAnswer(asking.modelName(), reply.message());
        return tidied(reply, number);
    }

    private Set<ProviderTool> provided() {
        var wanted = agent.model().providerTools();
        if (toolless || wanted.isEmpty()) return Set.of();
        return rights().provided(wanted);
    }

    private ToolRights rights() {
        return new ToolRights(run, agent.tools(), run.parts().tools().name());
    }

    /** What is kept free for the answer, and room for thoughts where model and window leave it. */
    private int outputTokens(ModelInfo info) {
        var window = agent.context().window();
        long free = info.contextTokens() - window.available(info.contextTokens());
        return (int) Math.min(free, outputTokens(info, window.reservedForOutput()));
    }

    /** So many tokens of answer, and room for thoughts if the model has them first. */
    static int outputTokens(ModelInfo info, long answer) {
        long thoughts = info.can(ModelInfo.Feature.REASONING) ? THOUGHTS : 0;
        return (int) Math.max(1, Math.min(answer + thoughts, info.maxOutputTokens()));
    }

    /** Every call has an id that is unique in its message before anything is recorded. */
    private static ModelReply tidied(ModelReply reply, int turn) {
        var calls = reply.message().calls();
        if (calls.isEmpty()) return reply;
        var seen = new HashSet<String>();
        var unique = new ArrayList<ToolCall>(calls.size());
        for (var call : whole(reply)) {
            var id = call.id().isEmpty() ? "call_" + turn + "_" + (unique.size() + 1) : call.id();
            for (int n = 2; !seen.add(id); n++) id = call.id() + "_" + n;
            unique.add(id.equals(call.id()) ? call : call.withId(id));
        }
        return reply.withMessage(reply.message().withCalls(unique));
    }

    /**
     * The calls. Where the answer was cut off, a last call without arguments may have been about to
     * get some: it is not one that fits.
     */
    private static List<ToolCall> whole(ModelReply reply) {
        var calls = reply.message().calls();
        var last = calls.getLast();
        if (reply.finish() != Finish.LENGTH || !last.arguments().equals(Json.object()))
            return calls;
        var changed = new ArrayList<>(calls);
        changed.set(calls.size() - 1, last.withArguments(Json.of("")));
        return changed;
    }
}
