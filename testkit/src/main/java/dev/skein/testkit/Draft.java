package dev.skein.testkit;

import static java.util.stream.Collectors.joining;

import dev.skein.model.Finish;
import dev.skein.model.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An answer on its way to a wire; faults change it here, in the same way for all wires. */
record Draft(Ask ask, String id, List<Bit> bits, Ending ending, Style style) {
    /** Pieces whose arguments are text, so that they can be wrong. */
    sealed interface Bit {
        record Text(String text) implements Bit {}

        record Reasoning(String text) implements Bit {}

        record Call(@Nullable String id, String tool, String arguments) implements Bit {}

        record Raw(Piece.Raw raw) implements Bit {}
    }

    /**
     * How it ends.
     *
     * @param word said instead of the wire's word for the finish, if there is one
     * @param usage null if it is not told
     */
    record Ending(Finish finish, @Nullable String word, @Nullable Usage usage) {
        String wordOr(String usual) {
            return word == null ? usual : word;
        }
    }

    /**
     * How it is told.
     *
     * @param fragment characters a fragment
     * @param stray fragments of arguments name a call that is not there
     * @param empty there is no answer in the list of answers
     * @param changing fragments of arguments bear ids, each its own
     */
    record Style(int fragment, boolean stray, boolean empty, boolean changing) {
        static final Style USUAL = new Style(16, false, false, false);

        Style withFragment(int characters) {
            return new Style(characters, stray, empty, changing);
        }

        Style withStray() {
            return new Style(fragment, true, empty, changing);
        }

        Style withEmpty() {
            return new Style(fragment, stray, true, changing);
        }

        Style withChanging() {
            return new Style(fragment, stray, empty, true);
        }
    }

    Draft {
        bits = List.copyOf(bits);
    }

    List<Bit.Call> calls() {
        return bits.stream().filter(Bit.Call.class::isInstance).map(Bit.Call.class::cast).toList();
    }

    String text() {
        return bits.stream()
                .map(bit -> bit instanceof Bit.Text(var text) ? text : "")
                .collect(joining());
    }

    String reasoning() {
        return bits.stream()
                .map(bit -> bit instanceof Bit.Reasoning(var text) ? text : "")
                .collect(joining());
    }

    /** The text in portions as a stream tells them. */
    List<String> fragments(String text) {
        var parts = new ArrayList<String>();
        for (int from = 0, to = 0; from < text.length(); from = to) {
            for (int taken = 0; taken < style.fragment && to < text.length(); taken++) {
                to += Character.charCount(text.codePointAt(to));
            }
            parts.add(text.substring(from, to));
        }
        return parts;
    }

    Draft withBits(List<Bit> changed) {
        return new Draft(ask, id, changed, ending, style);
    }

    Draft withEnding(Ending changed) {
        return new Draft(ask, id, bits, changed, style);
    }

    Draft withStyle(Style changed) {
        return new Draft(ask, id, bits, ending, changed);
    }

    Draft mapCalls(UnaryOperator<Bit.Call> change) {
        return withBits(
                bits.stream()
                        .<Bit>map(bit -> bit instanceof Bit.Call call ? change.apply(call) : bit)
                        .toList());
    }

    Draft mapArguments(UnaryOperator<String> change) {
        return mapCalls(
                call -> new Bit.Call(call.id(), call.tool(), change.apply(call.arguments())));
    }
}
