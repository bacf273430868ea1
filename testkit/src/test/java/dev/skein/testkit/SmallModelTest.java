package dev.skein.testkit;

import dev.skein.model.ChatModel;
import dev.skein.model.ProviderContext;
import java.util.Map;

class SmallModelTest extends ChatModelContract {
    static final Map<Trait, String> LACKS =
            Map.of(
                    Trait.SCHEMA, "it is too small",
                    Trait.REASONING_TEXT, "its wire does not show it");

    @Override
    protected Wire wire(FakeProvider provider) {
        return provider.openai();
    }

    @Override
    protected ChatModel model(String name, ProviderContext context) {
        return new SmallModel(name, context);
    }

    @Override
    protected Map<Trait, String> lacks() {
        return LACKS;
    }
}
