package dev.skein.models.offline;

import dev.skein.model.ChatModel;
import dev.skein.model.ModelInfo;
import dev.skein.model.Price;
import dev.skein.model.Provider;
import dev.skein.model.ProviderContext;
import dev.skein.tool.ToolSpec;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The provider that needs no key and no network, and makes its answers up. Its models differ by
 * what they call: {@code echo} nothing; {@code auto}, which is what a runtime falls back to, only
 * what may be repeated and reaches nobody; any other name everything, and makes up other answers.
 */
public final class Offline implements Provider {
    private static final Set<String> REACHING = Set.of("network", "egress", "exec");
    private static final long CONTEXT = 200_000;
    private static final long OUTPUT = 32_000;

    /** Found by the service loader. */
    public Offline() {}

    @Override
    public String name() {
        return "offline";
    }

    @Override
    public ChatModel model(String model, ProviderContext context) {
        var features =
                EnumSet.of(
                        ModelInfo.Feature.STREAMING,
                        ModelInfo.Feature.TOOLS,
                        ModelInfo.Feature.SCHEMA);
        return new OfflineModel(
                new ModelInfo(name() + ":" + model, name(), CONTEXT, OUTPUT, features),
                context,
                callable(model));
    }

    @Override
    public Optional<Price> price(String model, ProviderContext context) {
        return Optional.of(Price.free());
    }

    private static Predicate<ToolSpec> callable(String model) {
        return switch (model) {
            case "echo" -> _ -> false;
            case "auto" ->
                    tool ->
                            tool.effect().repeatable()
                                    && tool.labels().stream().noneMatch(REACHING::contains);
            default -> _ -> true;
        };
    }
}
