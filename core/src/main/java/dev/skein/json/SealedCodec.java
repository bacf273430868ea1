package dev.skein.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The records of a sealed interface, told apart by a property. Where that is absent, a value is
 * accepted if exactly one variant fits: as it is, else with its unknown properties dropped.
 */
final class SealedCodec implements Codec {
    private final String name;
    private final String description;
    private final String property;
    private Map<Class<?>, Variant> byClass = Map.of();
    private Map<String, Variant> byName = Map.of();
    private Map<String, String> loose = Map.of();
    private List<Variant> variants = List.of();

    record Variant(Class<?> type, RecordCodec codec, RecordCodec.Mark mark) {
        String name() {
            return mark.value().text();
        }
    }

    private record Attempt(Variant variant, @Nullable Object value, Decoding decoding) {}

    SealedCodec(String name, String description, String property) {
        this.name = name;
        this.description = description;
        this.property = property;
    }

    /** Set once, before first use: the variants may lead back to this codec. */
    void setVariants(List<Variant> variants) {
        this.variants = List.copyOf(variants);
        byClass = variants.stream().collect(Collectors.toMap(Variant::type, variant -> variant));
        byName = variants.stream().collect(Collectors.toMap(Variant::name, variant -> variant));
        loose = EnumCodec.looseNames(variants.stream().map(Variant::name).toList());
    }

    @Override
    public String expected() {
        return "object whose " + property + " is one of " + names(variants);
    }

    @Override
    public Json encode(Object value) {
        var variant = byClass.get(value.getClass());
        if (variant == null) throw new Unencodable(expected(), value.getClass().getSimpleName());
        return variant.codec().encode(value, variant.mark());
    }

    @Override
    public @Nullable Object decode(Json json, Decoding at) {
        if (!(json instanceof Json.Obj object)) {
            at.mismatch(expected(), json);
            return null;
        }
        var mark = object.fields().get(property);
        if (mark == null) return decodeUnmarked(json, at);
        var variant = variant(mark);
        if (variant != null) return variant.codec().decode(json, at, property);
        at.enter(property);
        at.violation("one of " + names(variants), Decoding.shown(mark));
        at.leave();
        return null;
    }

    private @Nullable Variant variant(Json mark) {
        var named = byName.get(mark.text());
        return named != null
                ? named
                : byName.get(loose.getOrDefault(EnumCodec.loose(mark.text()), ""));
    }

    private @Nullable Object decodeUnmarked(Json json, Decoding at) {
        var fitting = fitting(json, at, true);
        if (fitting.isEmpty() && !at.strict()) fitting = fitting(json, at, false);
        if (fitting.size() == 1) {
            at.adopt(fitting.getFirst().decoding());
            return fitting.getFirst().value();
        }
        var fits = fitting.stream().map(Attempt::variant).toList();
        at.missing(property, "one of " + names(fits.isEmpty() ? variants : fits));
        return null;
    }

    private List<Attempt> fitting(Json json, Decoding at, boolean strictly) {
        var fitting = new ArrayList<Attempt>();
        for (var variant : variants) {
            if (!at.effort().steps(json)) return List.of();
            var trial = at.trial(strictly);
            var value = variant.codec().decode(json, trial, null);
            if (trial.refused() == 0) fitting.add(new Attempt(variant, value, trial));
        }
        return fitting;
    }

    @Override
    public Json.Obj schema(SchemaText text) {
        return text.named(this, name, () -> body(text));
    }

    private Json.Obj body(SchemaText text) {
        var choices =
                variants.stream()
                        .map(variant -> variant.codec().schema(text, variant.mark()))
                        .toList();
        var schema = Json.object("anyOf", choices);
        return description.isEmpty() ? schema : schema.with("description", description);
    }

    private static String names(List<Variant> variants) {
        return variants.stream().map(Variant::name).collect(Collectors.joining(", "));
    }
}
