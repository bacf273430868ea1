package dev.skein.json;

import dev.skein.failure.Failure;
import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes codecs for Java types, one per type, so that a type may contain itself. */
final class TypeCompiler {
    private static final String NULLABLE = "org.jspecify.annotations.Nullable";

    private final Map<Applied, Codec> made = new HashMap<>();

    /** What a part is called and how it was declared. */
    record Declared(String name, AnnotatedType type, AnnotatedElement annotations) {}

    Codec codec(Applied type, String path) {
        var known = made.get(type);
        return known != null ? known : make(type, path);
    }

    private Codec make(Applied type, String path) {
        var raw = type.raw();
        var scalar = Scalars.of(raw);
        if (scalar != null) return scalar;
        if (raw == Failure.class) return FailureCodec.ONE;
        var inside = path + Applied.step(raw);
        if (raw == Map.class) return map(type, inside);
        if (raw == List.class || raw == Set.class || raw.isArray())
            return new ListCodec(raw, codec(type.arguments().getFirst(), inside));
        if (raw == Optional.class) return optional(type.arguments().getFirst(), path);
        if (raw.isEnum()) return new EnumCodec(raw);
        if (raw.isRecord()) return record(type, path);
        if (raw.isInterface() && raw.isSealed()) return sealed(type, path);
        throw Applied.refused(path, raw.getSimpleName());
    }

    private Codec map(Applied type, String inside) {
        var key = type.arguments().getFirst();
        if (key.raw() != String.class)
            throw refused(
                    inside, "has keys that are " + key.raw().getSimpleName(), "Use text as key.");
        return new MapCodec(codec(type.arguments().get(1), inside));
    }

    private Codec optional(Applied element, String path) {
        if (element.raw() == Optional.class)
            throw refused(path, "is optional twice", "Once is enough.");
        return new OptionalCodec(codec(element, path));
    }

    private RecordCodec record(Applied type, String path) {
        var raw = type.raw();
        var codec = new RecordCodec(type.name(), description(raw), Access.record(raw, path));
        made.put(type, codec);
        var parts = new ArrayList<Part>();
        for (var component : raw.getRecordComponents()) {
            var declared =
                    new Declared(component.getName(), component.getAnnotatedType(), component);
            parts.add(part(declared, type.variables(), path + "." + component.getName()));
        }
        codec.setParts(parts);
        return codec;
    }

    Part part(Declared declared, Map<TypeVariable<?>, Applied> variables, String path) {
        var type = Applied.resolve(declared.type().getType(), variables, path);
        boolean optional = type.raw() == Optional.class;
        boolean nullable = isNullable(declared.type());
        if (optional && nullable)
            throw refused(path, "is Optional and @Nullable", "Once is enough.");
        if (nullable && type.raw().isPrimitive())
            throw refused(path, "is a primitive and @Nullable", "Use its box.");
        if (optional && type.arguments().getFirst().raw() == Optional.class)
            throw refused(path, "is optional twice", "Once is enough.");
        var codec = codec(optional ? type.arguments().getFirst() : type, path);
        var bounds = Bounds.of(declared.annotations(), codec, path);
        var presence =
                optional
                        ? Part.Presence.OPTIONAL
                        : nullable ? Part.Presence.NULLABLE : Part.Presence.REQUIRED;
        return new Part(
                declared.name(),
                bounds.isEmpty() ? codec : new Constrained(codec, bounds),
                presence,
                description(declared.annotations()));
    }

    /** By name: whether the annotation's class is there at run time is the program's affair. */
    private static boolean isNullable(AnnotatedType type) {
        return Arrays.stream(type.getAnnotations())
                .anyMatch(mark -> mark.annotationType().getName().equals(NULLABLE));
    }

    private SealedCodec sealed(Applied type, String path) {
        var named = type.raw().getAnnotation(Discriminator.class);
        var property = named == null ? "type" : named.value();
        var codec = new SealedCodec(type.name(), description(type.raw()), property);
        made.put(type, codec);
        var variants = new ArrayList<SealedCodec.Variant>();
        for (var variant : records(type, path)) variants.add(variant(variant, property, path));
        var names = new HashSet<String>();
        for (var variant : variants) {
            if (!names.add(EnumCodec.loose(variant.name())))
                throw refused(path, "has two variants named " + variant.name(), "Rename one.");
        }
        codec.setVariants(variants);
        return codec;
    }

    private SealedCodec.Variant variant(Applied type, String property, String path) {
        var name = type.raw().getSimpleName();
        var where = path + "." + name;
        if (!(codec(type, where) instanceof RecordCodec codec)) throw Applied.refused(where, name);
        if (Arrays.stream(type.raw().getRecordComponents())
                .anyMatch(component -> component.getName().equals(property))) {
            throw refused(
                    where + "." + property,
                    "has the name that tells the variants apart",
                    "Rename it, or mark the interface with @Discriminator.");
        }
        return new SealedCodec.Variant(
                type.raw(), codec, new RecordCodec.Mark(property, new Json.Text(name)));
    }

    /**
     * The records of a sealed interface, those of sealed interfaces within it included, each once.
     */
    private static List<Applied> records(Applied type, String path) {
        var records = new ArrayList<Applied>();
        for (var permitted : type.raw().getPermittedSubclasses()) {
            var applied = Variables.ofSubtype(permitted, type, path);
            if (permitted.isRecord()) records.add(applied);
            else if (permitted.isInterface() && permitted.isSealed())
                records.addAll(records(applied, path));
            else
                throw refused(
                        path,
                        "permits " + permitted.getSimpleName() + ", which is no record",
                        "Let it permit records only.");
        }
        return records.stream().distinct().toList();
    }

    static String description(AnnotatedElement element) {
        var description = element.getAnnotation(Description.class);
        return description == null ? "" : description.value();
    }

    static SkeinException refused(String path, String problem, String remedy) {
        return new SkeinException(new Invalid.Type(path, problem, remedy));
    }
}
