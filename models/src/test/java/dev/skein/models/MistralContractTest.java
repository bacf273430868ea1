package dev.skein.models;

import dev.skein.model.ChatModel;
import dev.skein.model.ProviderContext;
import dev.skein.models.langchain.Mistral;
import dev.skein.testkit.ChatModelContract;
import dev.skein.testkit.FakeProvider;
import dev.skein.testkit.Wire;
import java.util.Map;
import org.junit.jupiter.api.Tag;

@Tag("AG-58")
@Tag("AG-67")
@Tag("AG-69")
class MistralContractTest extends ChatModelContract {
    @Override
    protected Wire wire(FakeProvider provider) {
        return provider.mistral();
    }

    @Override
    protected ChatModel model(String name, ProviderContext context) {
        return new Mistral().model(name, context);
    }

    @Override
    protected Map<Trait, String> lacks() {
        return Map.of(
                Trait.REASONING_TEXT, "its library does not show it",
                Trait.REASONING_COUNT, "it does not count thoughts apart",
                Trait.CACHE_COUNT, "it does not tell",
                Trait.REFUSAL_WORD, "it has none");
    }
}
