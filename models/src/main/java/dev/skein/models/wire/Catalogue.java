package dev.skein.models.wire;

import dev.skein.json.Json;
import dev.skein.model.ModelInfo;
import dev.skein.model.ModelInfo.Feature;
import dev.skein.model.Money;
import dev.skein.model.Price;
import dev.skein.model.ProviderContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of models: one dated file that is shipped, and over it what the user lists in
 * {@code models.json} of {@code $SKEIN_HOME}, else of {@code ~/.skein}. A model is found by its
 * name or by the longest beginning of it that is listed with a star; what the user says of it
 * replaces what is shipped, field by field. Read when it is first asked for.
 */
public final class Catalogue implements AutoCloseable {
    private static final String FILE = "models.json";
    private static final long CONTEXT = 128_000;
    private static final long OUTPUT = 8_192;
    private static final Set<Feature> USUAL =
            EnumSet.of(Feature.STREAMING, Feature.TOOLS, Feature.SCHEMA);

    private final Json own;

    private Catalogue(Json own) {
        this.own = own;
    }

    private static final class File {
        static final Json CONTENT = read();
    }

    /**
     * The one of that runtime.
     *
     * @throws dev.skein.failure.SkeinException with {@code invalid.config} and everything that is
     *     wrong with the user's file
     */
    public static Catalogue of(ProviderContext context) {
        return context.shared(
                Catalogue.class, () -> new Catalogue(OwnModels.in(context.environment())));
    }

    /** Without what the user lists. */
    public static Catalogue shipped() {
        return new Catalogue(Json.nothing());
    }

    /** Nothing is open. */
    @Override
    public void close() {}

    /** The model of a provider for those who name none. */
    public String standardModel(String provider) {
        var shipped = File.CONTENT.get(provider).get("standard").text();
        return own.get(provider).get("standard").text(shipped);
    }

    /** What a model is; if it is not known, what most are. */
    public ModelInfo info(String provider, String model) {
        var known = model(provider, model);
        return new ModelInfo(
                provider + ":" + model,
                provider,
                known.get("context").asLong(CONTEXT),
                known.get("output").asLong(OUTPUT),
                features(known));
    }

    /** What a model costs, if that is known. */
    public Optional<Price> price(String provider, String model) {
        var price = model(provider, model).get("price").items();
        if (price.isEmpty()) return Optional.empty();
        var amounts = price.stream().map(Catalogue::amount).toList();
        var input = amounts.getFirst();
        var output = amounts.get(1);
        return Optional.of(
                amounts.size() == 2
                        ? new Price(input, output, input, input)
                        : new Price(input, output, amounts.get(2), amounts.get(3)));
    }

    private static Money amount(Json amount) {
        var digits = amount instanceof Json.Num(var number) ? number : amount.text();
        return Money.parse(digits + " USD");
    }

    /** What a model's wire asks for beyond the usual; nothing if it is not known. */
    public Set<Habit> habits(String provider, String model) {
        var habits = EnumSet.noneOf(Habit.class);
        for (var word : model(provider, model).get("habits").items())
            habits.add(Habit.valueOf(word.text().toUpperCase(Locale.ROOT)));
        return habits;
    }

    private static Set<Feature> features(Json known) {
        if (!(known.get("features") instanceof Json.Arr(var words))) return USUAL;
        var features = EnumSet.noneOf(Feature.class);
        for (var word : words) features.add(Feature.valueOf(word.text().toUpperCase(Locale.ROOT)));
        return features;
    }

    private Json model(String provider, String model) {
        var shipped = listed(File.CONTENT.get(provider), model);
        var replaced = listed(own.get(provider), model).fields();
        if (replaced.isEmpty()) return shipped;
        var both = new LinkedHashMap<>(shipped.fields());
        both.putAll(replaced);
        return new Json.Obj(both);
    }

    private static Json listed(Json provider, String model) {
        var models = provider.get("models").fields();
        var exact = models.get(model);
        if (exact != null) return exact;
        var best = "";
        for (var pattern : models.keySet()) {
            boolean fits =
                    pattern.endsWith("*")
                            && model.startsWith(pattern.substring(0, pattern.length() - 1));
            if (fits && pattern.length() > best.length()) best = pattern;
        }
        return models.getOrDefault(best, Json.nothing());
    }

    private static Json read() {
        try (var file = Catalogue.class.getResourceAsStream(FILE)) {
            if (file == null)
                throw new IllegalStateException(
                        "there is no " + FILE + " beside " + Catalogue.class);
            return Json.parse(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
