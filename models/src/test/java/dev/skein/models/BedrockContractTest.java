package dev.skein.models;

import dev.skein.model.ChatModel;
import dev.skein.model.ProviderContext;
import dev.skein.models.bedrock.Bedrock;
import dev.skein.testkit.ChatModelContract;
import dev.skein.testkit.FakeProvider;
import dev.skein.testkit.Wire;
import java.util.Map;
import org.junit.jupiter.api.Tag;

@Tag("AG-58")
@Tag("AG-67")
@Tag("AG-69")
class BedrockContractTest extends ChatModelContract {
    @Override
    protected Wire wire(FakeProvider provider) {
        return provider.bedrock();
    }

    @Override
    protected ChatModel model(String name, ProviderContext context) {
        return new Bedrock().model(name, context);
    }

    @Override
    protected Map<Trait, String> lacks() {
        return Map.of(
                Trait.SCHEMA, "models of no known family are told in words",
                Trait.REASONING_COUNT, "it does not count thoughts apart");
    }
}
