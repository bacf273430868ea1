package dev.skein.json;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A bound of a value that JSON Schema has a keyword for. Values of kinds that it does not speak of
 * are within it.
 */
sealed interface Bound {
    /** Notes a violation if it does not hold. */
    void check(Json json, Decoding at);

    Json.Obj addTo(Json.Obj schema);

    /** Inclusive bounds of a number; infinite where there is none. */
    record Between(double min, double max) implements Bound {
        /** So many characters of a decimal fit into a double without loss. */
        private static final int EXACT = 15;

        @Override
        public void check(Json json, Decoding at) {
            if (!(json instanceof Json.Num number)) return;
            if (Double.isFinite(max) && compare(number, max) > 0)
                at.violation("≤ " + plain(max), number.digits());
            else if (Double.isFinite(min) && compare(number, min) < 0)
                at.violation("≥ " + plain(min), number.digits());
        }

        /** Exact arithmetic takes milliseconds to load, which most numbers do not need. */
        private static int compare(Json.Num number, double bound) {
            if (number.digits().length() > EXACT)
                return number.value().compareTo(BigDecimal.valueOf(bound));
            double value = Double.parseDouble(number.digits());
            return value < bound ? -1 : value > bound ? 1 : 0;
        }

        @Override
        public Json.Obj addTo(Json.Obj schema) {
            var bounded =
                    Double.isFinite(min)
                            ? schema.with("minimum", new Json.Num(plain(min)))
                            : schema;
            return Double.isFinite(max)
                    ? bounded.with("maximum", new Json.Num(plain(max)))
                    : bounded;
        }

        private static String plain(double bound) {
            boolean whole = bound == Math.rint(bound) && Math.abs(bound) < 1e15;
            return whole ? Long.toString((long) bound) : Double.toString(bound);
        }
    }

    /** Inclusive bounds of a length; the keyword ends in what is counted. */
    record Lengths(int min, int max, Counted counted) implements Bound {
        enum Counted {
            Length("characters"),
            Items("elements"),
            Properties("entries");

            private final String word;

            Counted(String word) {
                this.word = word;
            }

            private int in(Json json) {
                return switch (json) {
                    case Json.Text(var text) when this == Length ->
                            text.codePointCount(0, text.length());
                    case Json.Arr(var items) when this == Items -> items.size();
                    case Json.Obj(var fields) when this == Properties -> fields.size();
                    case Json.Text _,
                            Json.Arr _,
                            Json.Obj _,
                            Json.Num _,
                            Json.Bool _,
                            Json.Null _ ->
                            -1;
                };
            }
        }

        @Override
        public void check(Json json, Decoding at) {
            int length = counted.in(json);
            if (length > max)
                at.violation("at most " + max + " " + counted.word, Integer.toString(length));
            if (length >= 0 && length < min)
                at.violation("at least " + min + " " + counted.word, Integer.toString(length));
        }

        @Override
        public Json.Obj addTo(Json.Obj schema) {
            var bounded = min > 0 ? schema.with("min" + counted, min) : schema;
            return max < Integer.MAX_VALUE ? bounded.with("max" + counted, max) : bounded;
        }
    }

    /** A regular expression to be found in a text. */
    record Found(Pattern pattern) implements Bound {
        /**
         * The bound of that expression.
         *
         * @throws PatternSyntaxException if it is none
         */
        static Found of(String expression) {
            return new Found(Pattern.compile(expression));
        }

        @Override
        public void check(Json json, Decoding at) {
            if (!(json instanceof Json.Text(var text))) return;
            if (!Patience.find(pattern, text))
                at.violation("text that matches " + pattern, Decoding.shown(json));
        }

        @Override
        public Json.Obj addTo(Json.Obj schema) {
            return schema.with("pattern", pattern.pattern());
        }
    }
}
