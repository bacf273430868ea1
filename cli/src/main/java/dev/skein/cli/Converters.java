package dev.skein.cli;

import dev.skein.failure.SkeinException;
import dev.skein.model.Money;
import dev.skein.name.NameRule;
import dev.skein.name.Namespace;
import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads what options are given. */
final class Converters {
    private Converters() {}

    static final class Times implements ITypeConverter<Duration> {
        private static final Pattern SHAPE = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

        @Override
        public Duration convert(String text) {
            var found = SHAPE.matcher(text);
            if (!found.matches())
                throw new TypeConversionException("a time looks like 500ms, 90s, 2m or 1h");
            long count = Long.parseLong(found.group(1));
            return switch (found.group(2)) {
                case "ms" -> Duration.ofMillis(count);
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                default -> Duration.ofHours(count);
            };
        }
    }

    static final class Amounts implements ITypeConverter<Money> {
        @Override
        public Money convert(String text) {
            try {
                return Money.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    static final class Spaces implements ITypeConverter<Namespace> {
        @Override
        public Namespace convert(String text) {
            try {
                return Namespace.parse(text);
            } catch (SkeinException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    static final class SessionNames implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            NameRule.problem(text)
                    .ifPresent(problem -> {
                        throw new TypeConversionException(problem);
                    });
            return text;
        }
    }
}
