package dev.skein.testkit;

import dev.skein.json.Json;
import dev.skein.json.JsonType;
import dev.skein.tool.Asking;
import dev.skein.tool.Effect;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolContext;
import dev.skein.tool.ToolLimits;
import dev.skein.tool.ToolOutput;
import dev.skein.tool.ToolSpec;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Tools that break the contract, each in one way. The suites over them are no tests of ours. */
final class WrongTools {
    private WrongTools() {}

    /** A suite over tools that do this with arguments, code and a right tool. */
    abstract static class Suite extends RecordToolTest {
        abstract ToolOutput call(Tool right, Json arguments, ToolContext context) throws Exception;

        @Override
        protected Tool tool(Code code) {
            var right = super.tool(code);
            return new Tool() {
                @Override
                public ToolSpec spec() {
                    return right.spec();
                }

                @Override
                public ToolOutput call(Json arguments, ToolContext context) throws Exception {
                    return Suite.this.call(right, arguments, context);
                }
            };
        }
    }

    static class SwallowsErrors extends Suite {
        @Override
        ToolOutput call(Tool right, Json arguments, ToolContext context) {
            try {
                return right.call(arguments, context);
            } catch (Exception e) {
                return new ToolOutput.Text("ok");
            }
        }
    }

    static class TellsStackTraces extends Suite {
        @Override
        ToolOutput call(Tool right, Json arguments, ToolContext context) throws Exception {
            try {
                return right.call(arguments, context);
            } catch (IllegalStateException e) {
                throw new IllegalStateException(e.getMessage() + "\n\tat " + e.getStackTrace()[0]);
            }
        }
    }

    static class IgnoresInterrupts extends Suite {
        @Override
        ToolOutput call(Tool right, Json arguments, ToolContext context) throws Exception {
            var caller = Caller.start(true, () -> right.call(arguments, context));
            caller.join();
            if (caller.thrown() instanceof Exception e) throw e;
            return caller.result();
        }
    }

    static class CutsResults extends Suite {
        @Override
        ToolOutput call(Tool right, Json arguments, ToolContext context) throws Exception {
            return right.call(arguments, context) instanceof ToolOutput.Text(var text)
                    ? new ToolOutput.Text(text.substring(0, Math.min(100, text.length())))
                    : right.call(arguments, context);
        }
    }

    static class MixesUpCalls extends Suite {
        private final AtomicReference<Json> first = new AtomicReference<>(Json.nothing());

        @Override
        ToolOutput call(Tool right, Json arguments, ToolContext context) throws Exception {
            first.compareAndSet(Json.nothing(), arguments);
            return right.call(first.get(), context);
        }
    }

    static class ForgetsWhatMayBeAbsent extends RecordToolTest {
        @Override
        protected Tool tool(Code code) {
            return super.tool(order ->
                    code.run(
                            new Order(
                                    order.item(),
                                    order.count(),
                                    Optional.of(order.note().orElse("")))));
        }
    }

    static class TakesAnything extends RecordToolTest {
        @Override
        protected Tool tool(Code code) {
            var open = JsonType.schema(Json.object("type", "object"));
            var spec =
                    new ToolSpec(
                            "order",
                            "Orders something.",
                            open,
                            Effect.WRITE,
                            Set.of(),
                            ToolLimits.standard(),
                            Asking.NEVER);
            return new Tool() {
                @Override
                public ToolSpec spec() {
                    return spec;
                }

                @Override
                public ToolOutput call(Json arguments, ToolContext context) throws Exception {
                    var order =
                            new Order(
                                    arguments.get("item").text(),
                                    (int) arguments.get("count").asLong(),
                                    Optional.of(arguments.get("note").text()));
                    return new ToolOutput.Text(String.valueOf(code.run(order)));
                }
            };
        }
    }

    static class ChangesItsDeclaration extends RecordToolTest {
        private final AtomicInteger asked = new AtomicInteger();

        @Override
        protected Tool tool(Code code) {
            var right = super.tool(code);
            return new Tool() {
                @Override
                public ToolSpec spec() {
                    return right.labels("version-" + asked.incrementAndGet()).spec();
                }

                @Override
                public ToolOutput call(Json arguments, ToolContext context) throws Exception {
                    return right.call(arguments, context);
                }
            };
        }
    }

    static class LosesItsLabels extends RecordToolTest {
        @Override
        protected Tool tool(Code code) {
            var right = super.tool(code);
            return new Tool() {
                @Override
                public ToolSpec spec() {
                    return right.spec();
                }

                @Override
                public ToolOutput call(Json arguments, ToolContext context) throws Exception {
                    return right.call(arguments, context);
                }

                @Override
                public Tool labels(String... labels) {
                    return this;
                }
            };
        }
    }
}
