package dev.skein.benchmarks.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The words of the command line: what is measured, and options that each take a value. */
final class Words {
    private static final List<String> OPTIONS = List.of("--rounds", "--secs", "--only");

    private final List<String> plain = new ArrayList<>();
    private final Map<String, String> options = new HashMap<>();
    private final String text;

    /**
     * Takes the line apart.
     *
     * @throws IllegalArgumentException with what is wrong with it
     */
    Words(List<String> all) {
        text = String.join(" ", all);
        for (var words = all.iterator(); words.hasNext(); ) {
            var word = words.next();
            if (!word.startsWith("--")) plain.add(word);
            else if (!OPTIONS.contains(word)) throw wrong("there is no option '" + word + "'");
            else if (!words.hasNext()) throw wrong(word + " needs a value");
            else options.put(word, words.next());
        }
        if (plain.size() > 2) throw wrong("'" + plain.get(2) + "' is one word too many");
    }

    String first() {
        return plain.isEmpty() ? "all" : plain.getFirst();
    }

    String second(String otherwise) {
        return plain.size() < 2 ? otherwise : plain.get(1);
    }

    Session.Settings settings(Session.Settings usual) {
        var settings = usual;
        if (options.containsKey("--rounds"))
            settings = settings.withRounds((int) positive("--rounds"));
        if (options.containsKey("--secs"))
            settings = settings.withMillis(Math.round(positive("--secs") * 1000));
        return settings;
    }

    /** Those that {@code --only} names, or all. A comma before a blank is part of a name. */
    List<Contender> chosen(List<Contender> contenders) {
        if (!options.containsKey("--only")) return contenders;
        var names = List.of(options.get("--only").split(",(?! )"));
        var chosen =
                contenders.stream().filter(contender -> names.contains(contender.name())).toList();
        if (chosen.size() < names.size())
            throw wrong(
                    "of '"
                            + String.join(",", names)
                            + "' not all are subjects; those are "
                            + String.join(", ", contenders.stream().map(Contender::name).toList()));
        return chosen;
    }

    private double positive(String option) {
        var value = options.getOrDefault(option, "");
        try {
            double number = Double.parseDouble(value);
            if (number >= 1e-3 && number <= 1e6) return number;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " needs a number, not '" + value + "'", e);
        }
        throw wrong(option + " needs a sensible number, not " + value);
    }

    static IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(what);
    }

    @Override
    public String toString() {
        return text;
    }
}
