package dev.skein.models.wire;

import dev.skein.json.Json;
import dev.skein.model.ModelInfo;
import dev.skein.model.ModelInfo.Feature;
import dev.skein.model.Money;
import dev.skein.model.Price;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of models: one dated file. A model is found by its name or by the longest beginning
 * of it that is listed with a star. Read when it is first asked for.
 */
public final class Catalogue {
    private static final String FILE = "models.json";
    private static final long CONTEXT = 128_000;
    private static final long OUTPUT = 8_192;
    private static final Set<Feature> USUAL =
            EnumSet.of(Feature.STREAMING, Feature.TOOLS, Feature.SCHEMA);

    private Catalogue() {}

    private static final class File {
        static final Json CONTENT = read();
    }

    /** The model of a provider for those who name none. */
    public static String standardModel(String provider) {
        return provider(provider).get("standard").text();
    }

    /** What a model is; if it is not known, what most are. */
    public static ModelInfo info(String provider, String model) {
        var known = model(provider, model);
        return new ModelInfo(
                provider + ":" + model,
                provider,
                known.get("context").asLong(CONTEXT),
                known.get("output").asLong(OUTPUT),
                features(known));
    }

    /** What a model costs, if that is known. */
    public static Optional<Price> price(String provider, String model) {
        var price = model(provider, model).get("price").items();
        if (price.isEmpty()) return Optional.empty();
        var amounts = price.stream().map(amount -> Money.parse(amount.text() + " USD")).toList();
        return Optional.of(
                new Price(amounts.get(0), amounts.get(1), amounts.get(2), amounts.get(3)));
    }

    /** What a model's wire asks for beyond the usual; nothing if it is not known. */
    public static Set<Habit> habits(String provider, String model) {
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

    private static Json model(String provider, String model) {
        var models = provider(provider).get("models").fields();
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

    private static Json provider(String name) {
        return File.CONTENT.get(name);
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
