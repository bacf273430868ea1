package dev.skein.testkit;

import dev.skein.failure.ModelFailure;
import dev.skein.failure.SkeinException;
import dev.skein.model.ChatModel;
import dev.skein.model.Delta;
import dev.skein.model.DeltaListener;
import dev.skein.model.Finish;
import dev.skein.model.Message;
import dev.skein.model.ModelCall;
import dev.skein.model.ModelInfo;
import dev.skein.model.ModelReply;
import dev.skein.model.ProviderContext;
import dev.skein.model.Usage;
import dev.skein.policy.TransportLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Models that break the contract, each in one way. The suites over them are no tests of ours. */
final class WrongModels {
    private WrongModels() {}

    /** A model in front of one that is right. */
    private abstract static class Wrong implements ChatModel {
        final ChatModel right;

        Wrong(ChatModel right) {
            this.right = right;
        }

        @Override
        public ModelInfo info() {
            return right.info();
        }
    }

    /** A suite over a model in front of the small one. */
    abstract static class Suite extends SmallModelTest {
        abstract ChatModel spoil(ChatModel right);

        @Override
        protected ChatModel model(String name, ProviderContext context) {
            return spoil(super.model(name, context));
        }
    }

    static class IgnoresInterrupts extends Suite {
        @Override
        ChatModel spoil(ChatModel right) {
            return new Wrong(right) {
                @Override
                public ModelReply reply(ModelCall call, DeltaListener deltas)
                        throws InterruptedException {
                    try {
                        return right.reply(call, deltas);
                    } catch (InterruptedException e) {
                        return right.reply(call, deltas);
                    }
                }
            };
        }
    }

    static class ReturnsCallsTwice extends Suite {
        @Override
        ChatModel spoil(ChatModel right) {
            return new Wrong(right) {
                @Override
                public ModelReply reply(ModelCall call, DeltaListener deltas)
                        throws InterruptedException {
                    var reply = right.reply(call, deltas);
                    var calls = new ArrayList<>(reply.message().calls());
                    calls.addAll(reply.message().calls());
                    return reply.withMessage(reply.message().withCalls(calls));
                }
            };
        }
    }

    static class LosesUsage extends Suite {
        @Override
        ChatModel spoil(ChatModel right) {
            return new Wrong(right) {
                @Override
                public ModelReply reply(ModelCall call, DeltaListener deltas)
                        throws InterruptedException {
                    return right.reply(call, deltas).withUsage(Usage.of(0, 0));
                }
            };
        }
    }

    static class TakesHalfForWhole extends Suite {
        @Override
        ChatModel spoil(ChatModel right) {
            return new Wrong(right) {
                @Override
                public ModelReply reply(ModelCall call, DeltaListener deltas)
                        throws InterruptedException {
                    var heard = new StringBuilder();
                    try {
                        return right.reply(
                                call,
                                delta -> {
                                    if (delta instanceof Delta.Text(var text)) heard.append(text);
                                    deltas.on(delta);
                                });
                    } catch (SkeinException e) {
                        if (!e.failure().code().equals("model.stream_broken")) throw e;
                        var message = Message.Assistant.of(heard.toString(), Instant.EPOCH);
                        return new ModelReply(message, Usage.of(1, 1), Finish.STOP, "half");
                    }
                }
            };
        }
    }

    static class TriesAgainByItself extends Suite {
        @Override
        ChatModel spoil(ChatModel right) {
            return new Wrong(right) {
                @Override
                public ModelReply reply(ModelCall call, DeltaListener deltas)
                        throws InterruptedException {
                    try {
                        return right.reply(call, deltas);
                    } catch (SkeinException e) {
                        if (!e.failure().retryable()) throw e;
                        return right.reply(call, deltas);
                    }
                }
            };
        }
    }

    static class TellsTheKey extends SmallModelTest {
        @Override
        protected ChatModel model(String name, ProviderContext context) {
            var key = context.environment().variable("OPENAI_API_KEY").orElse("");
            return new Wrong(super.model(name, context)) {
                @Override
                public ModelReply reply(ModelCall call, DeltaListener deltas)
                        throws InterruptedException {
                    try {
                        return right.reply(call, deltas);
                    } catch (SkeinException e) {
                        throw new SkeinException(
                                e.failure(), new IllegalStateException("Bearer " + key, e));
                    }
                }
            };
        }
    }

    static class LosesRetryAfter extends Suite {
        @Override
        ChatModel spoil(ChatModel right) {
            return new Wrong(right) {
                @Override
                public ModelReply reply(ModelCall call, DeltaListener deltas)
                        throws InterruptedException {
                    try {
                        return right.reply(call, deltas);
                    } catch (SkeinException e) {
                        if (!(e.failure() instanceof ModelFailure.RateLimited limited)) throw e;
                        throw new SkeinException(
                                new ModelFailure.RateLimited(
                                        limited.model(), Duration.ZERO, Duration.ZERO),
                                e);
                    }
                }
            };
        }
    }

    static class TakesAPlatformThreadPerCall extends Suite {
        @Override
        ChatModel spoil(ChatModel right) {
            return new Wrong(right) {
                @Override
                public ModelReply reply(ModelCall call, DeltaListener deltas)
                        throws InterruptedException {
                    return elsewhere(right, call, deltas);
                }
            };
        }
    }

    static class SpeaksFromAnotherThread extends TakesAPlatformThreadPerCall {}

    static class MixesUpCallers extends Suite {
        private final AtomicReference<@Nullable ModelReply> last = new AtomicReference<>();

        @Override
        ChatModel spoil(ChatModel right) {
            return new Wrong(right) {
                @Override
                public ModelReply reply(ModelCall call, DeltaListener deltas)
                        throws InterruptedException {
                    var reply = right.reply(call, deltas);
                    last.compareAndSet(null, reply);
                    var first = last.get();
                    return first == null ? reply : first;
                }
            };
        }
    }

    static class IgnoresItsLimits extends SmallModelTest {
        @Override
        protected ChatModel model(String name, ProviderContext context) {
            return new SmallModel(name, new Widened(context, TransportLimits.defaults()));
        }
    }

    static class SaysStopWhateverTheWord extends Suite {
        @Override
        ChatModel spoil(ChatModel right) {
            return new Wrong(right) {
                @Override
                public ModelReply reply(ModelCall call, DeltaListener deltas)
                        throws InterruptedException {
                    var reply = right.reply(call, deltas);
                    return new ModelReply(
                            reply.message(), reply.usage(), Finish.STOP, reply.model());
                }
            };
        }
    }

    static class ClaimsToSendSchemas extends SmallModelTest {
        @Override
        protected Map<Trait, String> lacks() {
            return Map.of(Trait.REASONING_TEXT, "its wire does not show it");
        }
    }

    private static ModelReply elsewhere(ChatModel right, ModelCall call, DeltaListener deltas)
            throws InterruptedException {
        var caller = Caller.start(false, () -> right.reply(call, deltas));
        try {
            caller.join();
        } catch (InterruptedException e) {
            caller.interrupt();
            throw e;
        }
        var thrown = caller.thrown();
        if (thrown instanceof RuntimeException e) throw e;
        return caller.result();
    }
}
