package dev.skein.models.wire;

import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import dev.skein.model.ModelInfo.Feature;
import dev.skein.policy.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The models that a user lists in a file. It looks like the one that is shipped, of which it may be
 * a copy, and is checked as a whole: a word that is misspelt must not be a price that is missed.
 */
final class OwnModels {
    private static final String NAME = "models.json";
    private static final String REMEDY =
            "Correct what is named in the file, or remove it; the shipped prices hold then.";
    private static final Set<String> REMARKS = Set.of("about", "read");
    private static final Pattern PROVIDER = Pattern.compile("[a-z][a-z0-9-]*");
    private static final Pattern MODEL = Pattern.compile("[\\p{Graph}&&[^*]]+\\*?|\\*");
    private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,14}");
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?");
    private static final String AMOUNTS =
            "must be USD for a million tokens, [input, output] or [input, output, cache read,"
                    + " cache write], such as [\"1.25\", \"10.00\"]";

    private final Path file;
    private final List<String> findings = new ArrayList<>();

    private OwnModels(Path file) {
        this.file = file;
    }

    /**
     * What is in the file; nothing if there is none.
     *
     * @throws SkeinException with {@code invalid.config} and all findings
     */
    static Json in(Environment environment) {
        return home(environment)
                .map(home -> home.resolve(NAME))
                .filter(Files::exists)
                .map(OwnModels::read)
                .orElse(Json.nothing());
    }

    private static Optional<Path> home(Environment environment) {
        return environment
                .variable("SKEIN_HOME")
                .map(Path::of)
                .or(() -> environment.variable("HOME").map(home -> Path.of(home, ".skein")));
    }

    private static Json read(Path file) {
        var reading = new OwnModels(file);
        var content = reading.content();
        reading.check(content);
        if (!reading.findings.isEmpty()) throw reading.invalid(null);
        return content;
    }

    private Json content() {
        try {
            return Json.parse(Files.readAllBytes(file));
        } catch (SkeinException e) {
            findings.add(file + " is no JSON: " + e.failure().message());
            throw invalid(e);
        } catch (IOException e) {
            findings.add(file + " cannot be read: " + e.getClass().getSimpleName());
            throw invalid(e);
        }
    }

    private SkeinException invalid(@Nullable Exception why) {
        var failure = new Invalid.Config(findings, REMEDY);
        return why == null ? new SkeinException(failure) : new SkeinException(failure, why);
    }

    private void check(Json content) {
        if (!isObject("", content)) return;
        content.fields()
                .forEach((name, value) -> {
                    var at = below("", name);
                    if (REMARKS.contains(name)) return;
                    if (PROVIDER.matcher(name).matches()) provider(at, value);
                    else wrong(at, "is no name of a provider: [a-z][a-z0-9-]*");
                });
    }

    private void provider(String at, Json provider) {
        if (!isObject(at, provider)) return;
        provider.fields()
                .forEach((name, value) -> {
                    var inside = below(at, name);
                    switch (name) {
                        case "standard" -> {
                            if (value.text().isBlank()) wrong(inside, "must be a model's name");
                        }
                        case "models" -> models(inside, value);
                        default -> wrong(inside, "is not known here; known: standard, models");
                    }
                });
    }

    private void models(String at, Json models) {
        if (!isObject(at, models)) return;
        models.fields()
                .forEach((name, value) -> {
                    var inside = below(at, name);
                    if (!MODEL.matcher(name).matches())
                        wrong(inside, "must be a model's name, or the beginning of one and a *");
                    if (isObject(inside, value))
                        value.fields().forEach((key, fact) -> fact(below(inside, key), key, fact));
                });
    }

    private void fact(String at, String name, Json value) {
        switch (name) {
            case "context", "output" -> {
                if (!(value instanceof Json.Num(var digits) && COUNT.matcher(digits).matches()))
                    wrong(at, "must be a number of tokens, such as 128000");
            }
            case "features" -> words(at, value, Feature.values());
            case "habits" -> words(at, value, Habit.values());
            case "price" -> price(at, value);
            default ->
                    wrong(at, "is not known here; known: context, output, features, habits, price");
        }
    }

    private void words(String at, Json value, Enum<?>[] known) {
        var words = Arrays.stream(known).map(word -> word.name().toLowerCase(Locale.ROOT)).toList();
        boolean fits =
                value instanceof Json.Arr(var items)
                        && items.stream().allMatch(item -> words.contains(item.text()));
        if (!fits) wrong(at, "must be a list of these words: " + String.join(", ", words));
    }

    private void price(String at, Json value) {
        var amounts = value.items();
        boolean fits =
                (amounts.size() == 2 || amounts.size() == 4)
                        && amounts.stream().allMatch(OwnModels::isAmount);
        if (!fits) wrong(at, AMOUNTS);
    }

    private static boolean isAmount(Json value) {
        var digits = value instanceof Json.Num(var number) ? number : value.text();
        return AMOUNT.matcher(digits).matches();
    }

    private boolean isObject(String at, Json value) {
        if (value instanceof Json.Obj) return true;
        wrong(at, "must be an object, {…}");
        return false;
    }

    private void wrong(String at, String what) {
        findings.add(file + (at.isEmpty() ? "" : " at " + at) + ": " + what);
    }

    /** As JSON pointers have it. */
    private static String below(String at, String name) {
        return at + "/" + name.replace("~", "~0").replace("/", "~1");
    }
}
