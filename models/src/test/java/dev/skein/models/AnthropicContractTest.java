package dev.skein.models;

import dev.skein.model.ChatModel;
import dev.skein.model.ProviderContext;
import dev.skein.models.anthropic.Anthropic;
import dev.skein.testkit.ChatModelContract;
import dev.skein.testkit.FakeProvider;
import dev.skein.testkit.Wire;
import java.util.Map;
import org.junit.jupiter.api.Tag;

@Tag("AG-58")
@Tag("AG-67")
@Tag("AG-69")
class AnthropicContractTest extends ChatModelContract {
    @Override
    protected Wire wire(FakeProvider provider) {
        return provider.anthropic();
    }

    @Override
    protected ChatModel model(String name, ProviderContext context) {
        return new Anthropic().model(name, context);
    }

    @Override
    protected Map<Trait, String> lacks() {
        return Map.of(Trait.REASONING_COUNT, "messages count thoughts with the rest of the output");
    }
}
