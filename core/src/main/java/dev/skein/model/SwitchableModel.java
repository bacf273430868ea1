package dev.skein.model;

import dev.skein.failure.ModelFailure;
import dev.skein.failure.SkeinException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A model that is chosen, and changed, while the program runs. A call under way stays with the
 * model that it began on.
 */
public final class SwitchableModel implements ChatModel {
    private final AtomicReference<@Nullable ChatModel> current = new AtomicReference<>();

    private SwitchableModel() {}

    public static SwitchableModel unset() {
        return new SwitchableModel();
    }

    public void use(ChatModel next) {
        current.set(next);
    }

    public boolean isSet() {
        return current.get() != null;
    }

    @Override
    public ModelReply reply(ModelCall call, DeltaListener deltas) throws InterruptedException {
        return chosen().reply(call, deltas);
    }

    @Override
    public ModelInfo info() {
        return chosen().info();
    }

    private ChatModel chosen() {
        var model = current.get();
        if (model == null)
            throw new SkeinException(
                    new ModelFailure.NotConfigured(
                            "switchable",
                            "no model was chosen",
                            "Call SwitchableModel.use first."));
        return model;
    }
}
