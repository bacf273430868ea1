package dev.skein.json;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The constants of an enum by name; a name that differs only in case, {@code -}, {@code _} or
 * spaces is understood.
 */
final class EnumCodec implements Codec {
    private final Map<String, Enum<?>> exact = new HashMap<>();
    private final Map<String, String> loose;
    private final Json.Obj schema;

    EnumCodec(Class<?> type) {
        var constants =
                Arrays.stream(type.getEnumConstants()).map(constant -> (Enum<?>) constant).toList();
        for (var constant : constants) exact.put(constant.name(), constant);
        var names = constants.stream().map(Enum::name).toList();
        loose = looseNames(names);
        schema = schema(type, names);
    }

    /** From a name without case and separators to the name, if only one has that. */
    static Map<String, String> looseNames(List<String> names) {
        var byLoose = names.stream().collect(Collectors.groupingBy(EnumCodec::loose));
        var unique = new HashMap<String, String>();
        byLoose.forEach((loose, same) -> {
            if (same.size() == 1) unique.put(loose, same.getFirst());
        });
        return unique;
    }

    static String loose(String name) {
        return name.replaceAll("[-_ ]", "").toLowerCase(Locale.ROOT);
    }

    private static Json.Obj schema(Class<?> type, List<String> names) {
        var schema = Json.object("type", "string", "enum", names);
        var meanings =
                Arrays.stream(type.getFields())
                        .filter(field ->
                                field.isEnumConstant()
                                        && field.isAnnotationPresent(Description.class))
                        .map(field ->
                                field.getName()
                                        + ": "
                                        + field.getAnnotation(Description.class).value())
                        .toList();
        var own = type.getAnnotation(Description.class);
        var description = (own == null ? "" : own.value() + " ") + String.join("; ", meanings);
        return description.isEmpty() ? schema : schema.with("description", description.strip());
    }

    @Override
    public String expected() {
        return "one of "
                + String.join(", ", schema.get("enum").items().stream().map(Json::text).toList());
    }

    @Override
    public Json encode(Object value) {
        return new Json.Text(((Enum<?>) value).name());
    }

    @Override
    public @Nullable Object decode(Json json, Decoding at) {
        if (!(json instanceof Json.Text(var name))) {
            at.mismatch(expected(), json);
            return null;
        }
        var constant = exact.get(name);
        if (constant == null) constant = exact.get(loose.get(loose(name)));
        if (constant == null) at.violation(expected(), Decoding.shown(json));
        return constant;
    }

    @Override
    public Json.Obj schema(SchemaText text) {
        return schema;
    }
}
