package dev.skein.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.event.ToolEvent;
import dev.skein.failure.Failure;
import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import dev.skein.json.Range;
import dev.skein.model.Finish;
import dev.skein.model.Message;
import dev.skein.model.ModelCall;
import dev.skein.model.ModelReply;
import dev.skein.model.Part;
import dev.skein.model.Usage;
import dev.skein.models.ScriptedModel;
import dev.skein.policy.Livelock;
import dev.skein.policy.RunLimits;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolCall;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Ten thousand replies that went wrong on the way: nothing that is wrong reaches a tool. */
class MutatedRepliesTest {
    record Order(String item, @Range(min = 1, max = 9) int count, Optional<List<String>> notes) {}

    private static final int REPLIES = 10_000;
    private static final int TURNS = 6;
    private static final String RIGHT =
            "{\"item\":\"bread \\\"雁\\u00e9\\n\",\"count\":3,\"notes\":[\"sliced\",\"warm\"]}";
    private static final String SIGNS = "{}[]\",:\\/*0123456789eE.-+ntfu\u0000é\ud83e ";
    private static final List<String> IDS = List.of("", "a", "a", "b\n");
    private static final List<String> NAMES =
            List.of("order", "order", "order", "ordr", "ORDER", "order ", "", "read_output", "\n");

    private final long seed = Long.getLong("skein.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final AtomicInteger carriedOut = new AtomicInteger();
    private final Map<String, String> wrong = new ConcurrentHashMap<>();

    @Test
    @Tag("AG-93")
    void nothingThatIsWrongReachesAToolOrEndsARunInAnyOtherWay() throws Exception {
        System.out.println("MutatedRepliesTest seed " + seed);
        var agent = ModelAgent.of("atlas").withTools("order").withMaxTurns(TURNS);
        var codes = new HashMap<String, Integer>();
        var config =
                RuntimeConfig.of(agent)
                        .withModel(ScriptedModel.always(this::mutated))
                        .withLimits(RunLimits.standard().withLivelock(Livelock.off()))
                        .withTools(new Checking(carriedOut, wrong));
        try (var runtime = AgentRuntime.open(config)) {
            for (int replies = 0; replies < REPLIES; ) {
                var result = runtime.run(agent, Task.of("order bread"));
                replies += result.work().turns();
                codes.merge(code(result), 1, Integer::sum);
            }
            assertThat(Facts.all(runtime, ToolEvent.ToolStarted.class)).isNotEmpty();
        }
        assertThat(wrong).as("seed %d", seed).isEmpty();
        assertThat(codes.keySet())
                .as("seed %d", seed)
                .isSubsetOf("completed", "limit.turns", "model.bad_reply", "model.refused");
        assertThat(carriedOut).as("seed %d: as they were", seed).hasValueGreaterThan(500);
    }

    private static String code(RunResult<String> result) {
        return switch (result) {
            case RunResult.Completed<String> _ -> "completed";
            case RunResult.Failed<String>(Failure failure, _) -> failure.code();
            case RunResult.Canceled<String> _ -> "canceled";
        };
    }

    private ModelReply mutated(ModelCall asked) {
        var calls = new ArrayList<ToolCall>();
        for (int i = random.nextInt(4); i > 0; i--)
            calls.add(new ToolCall(one(IDS), one(NAMES), arguments()));
        var parts = new ArrayList<Part>();
        if (random.nextBoolean()) parts.add(new Part.Text(edited("I shall order.", 3)));
        var finish = one(List.of(Finish.values()));
        var at = asked.messages().getLast().at();
        var usage = Usage.of(random.nextInt(9), random.nextInt(9));
        return new ModelReply(new Message.Assistant(parts, calls, at), usage, finish, "m");
    }

    /** As every wire reads them: JSON where it is some, else the text that came. */
    private Json arguments() {
        var text = random.nextInt(4) == 0 ? RIGHT : edited(RIGHT, 4);
        if (random.nextInt(8) == 0) text = text.substring(0, random.nextInt(text.length()));
        try {
            return text.isBlank() ? Json.object() : Json.parse(text);
        } catch (SkeinException noJson) {
            return Json.of(text);
        }
    }

    private String edited(String start, int most) {
        var text = new StringBuilder(start);
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            int at = random.nextInt(text.length());
            char sign = SIGNS.charAt(random.nextInt(SIGNS.length()));
            switch (random.nextInt(3)) {
                case 0 -> text.setCharAt(at, sign);
                case 1 -> text.insert(at, sign);
                default -> text.delete(at, Math.min(text.length() - 1, at + random.nextInt(9)));
            }
        }
        return text.toString();
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** Looks at what it is given with its own eyes. */
    private record Checking(AtomicInteger carriedOut, Map<String, String> wrong) implements Tool {
        private static final Tool ORDER =
                Tool.of("order", "Orders something", Order.class, _ -> "ordered");

        @Override
        public dev.skein.tool.ToolSpec spec() {
            return ORDER.spec();
        }

        @Override
        public dev.skein.tool.ToolOutput call(Json arguments, dev.skein.tool.ToolContext context)
                throws Exception {
            carriedOut.incrementAndGet();
            if (!isRight(arguments)) wrong.put(context.callId(), arguments.canonical());
            return ORDER.call(arguments, context);
        }

        private static boolean isRight(Json arguments) {
            return arguments instanceof Json.Obj(var fields)
                    && Set.of("item", "count", "notes").containsAll(fields.keySet())
                    && fields.get("item") instanceof Json.Text
                    && fields.get("count") instanceof Json.Num count
                    && isWhole(count.value())
                    && areNotes(fields.get("notes"));
        }

        private static boolean isWhole(BigDecimal count) {
            return count.stripTrailingZeros().scale() <= 0
                    && count.compareTo(BigDecimal.ONE) >= 0
                    && count.compareTo(BigDecimal.valueOf(9)) <= 0;
        }

        private static boolean areNotes(@org.jspecify.annotations.Nullable Json notes) {
            return switch (notes) {
                case null -> true;
                case Json.Null _ -> true;
                case Json.Arr(var items) -> items.stream().allMatch(Json.Text.class::isInstance);
                case Json _ -> false;
            };
        }
    }
}
