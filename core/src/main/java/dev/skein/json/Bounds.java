package dev.skein.json;

import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * Reads the bounds that annotations declare, and refuses those that make no sense where they stand.
 */
final class Bounds {
    private Bounds() {}

    static List<Bound> of(AnnotatedElement element, Codec codec, String path) {
        var bounds = new ArrayList<Bound>(0);
        var range = element.getAnnotation(Range.class);
        if (range != null) bounds.add(between(range, codec, path));
        var length = element.getAnnotation(Length.class);
        if (length != null) bounds.add(lengths(length, codec, path));
        var matches = element.getAnnotation(Matches.class);
        if (matches != null) bounds.add(found(matches, codec, path));
        return bounds;
    }

    private static Bound between(Range range, Codec codec, String path) {
        var type = type(codec);
        if (!type.equals("number") && !type.equals("integer"))
            throw TypeCompiler.refused(
                    path, "has a @Range and is no number", "Remove it, or use @Length.");
        if (!(range.min() <= range.max()))
            throw TypeCompiler.refused(path, "has an empty @Range", "Let min be at most max.");
        return new Bound.Between(range.min(), range.max());
    }

    private static Bound lengths(Length length, Codec codec, String path) {
        var counted =
                switch (codec) {
                    case ListCodec _ -> Bound.Lengths.Counted.Items;
                    case MapCodec _ -> Bound.Lengths.Counted.Properties;
                    case Scalar _ when type(codec).equals("string") -> Bound.Lengths.Counted.Length;
                    default ->
                            throw TypeCompiler.refused(
                                    path,
                                    "has a @Length and no length",
                                    "Remove it, or use @Range.");
                };
        if (length.min() < 0 || length.min() > length.max())
            throw TypeCompiler.refused(
                    path, "has an empty @Length", "Let min be at least 0 and at most max.");
        return new Bound.Lengths(length.min(), length.max(), counted);
    }

    private static Bound found(Matches matches, Codec codec, String path) {
        if (!type(codec).equals("string") || codec instanceof EnumCodec)
            throw TypeCompiler.refused(path, "has @Matches and is no text", "Remove it.");
        try {
            return Bound.Found.of(matches.value());
        } catch (PatternSyntaxException bad) {
            throw TypeCompiler.refused(
                    path,
                    "has @Matches with a bad expression: " + bad.getDescription(),
                    "Correct the expression.");
        }
    }

    private static String type(Codec codec) {
        return codec instanceof Scalar scalar ? scalar.schema().get("type").text() : "";
    }
}
