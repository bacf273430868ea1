package dev.skein.testkit;

import dev.skein.event.Cursor;
import dev.skein.event.Entry;
import dev.skein.event.Event;
import dev.skein.event.Journal;
import dev.skein.event.RunEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions on everything that a runtime recorded, as far as it is still kept. One that fails
 * lists the last entries.
 */
public final class JournalAssert extends AbstractAssert<JournalAssert, Journal> {
    private static final int SHOWN = 40;

    JournalAssert(Journal journal) {
        super(journal, JournalAssert.class);
    }

    /** Entries of these kinds came in this order; others may be in between. */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public final JournalAssert hasEntries(Class<? extends Event>... kinds) {
        var found = entries().stream().<Class<?>>map(entry -> entry.event().getClass()).toList();
        var wanted = List.of(kinds);
        return check(
                RunAssert.inOrder(found, wanted),
                "entries in this order: " + wanted.stream().map(Class::getSimpleName).toList());
    }

    /** There are so many entries of that kind. */
    public JournalAssert hasEntries(Class<? extends Event> kind, int count) {
        long found = entries().stream().filter(entry -> kind.isInstance(entry.event())).count();
        return check(found == count, count + " entries " + kind.getSimpleName() + ", not " + found);
    }

    /** So many runs were submitted, those below others included. */
    public JournalAssert hasRuns(int count) {
        return hasEntries(RunEvent.RunSubmitted.class, count);
    }

    /** Every run that was submitted has exactly one end, and it is its last entry. */
    public JournalAssert everyRunEnded() {
        Map<String, Event> last = new HashMap<>();
        for (var entry : entries()) {
            var run = entry.origin().run();
            check(
                    !(last.get(run) instanceof RunEvent.RunEnded),
                    "nothing after the end of run " + run + ", not " + entry.event());
            if (last.containsKey(run) || entry.event() instanceof RunEvent.RunSubmitted)
                last.put(run, entry.event());
        }
        last.forEach(
                (run, event) -> check(event instanceof RunEvent.RunEnded, "an end of run " + run));
        return this;
    }

    /** The numbers of the entries are 1, 2, 3 … in the journal, and in each run. */
    public JournalAssert isWithoutHoles() {
        long before = 0;
        Map<String, Long> ofRun = new HashMap<>();
        for (var entry : entries()) {
            long number = ofRun.merge(entry.origin().run(), 1L, Long::sum);
            check(
                    entry.seq() == ++before && entry.number() == number,
                    "entry " + before + ", in its run " + number + ", not " + entry);
        }
        return this;
    }

    /** That value is nowhere in entries and kept texts, neither plain nor encoded. */
    public JournalAssert noSecret(String value) {
        for (var entry : entries()) {
            var found = secretIn(entry, actual, value);
            check(found.isEmpty(), "no secret, but it is there " + found.orElse(""));
        }
        return this;
    }

    /** In which form and where the secret is. */
    static Optional<String> secretIn(Entry entry, Journal journal, String secret) {
        var where = " in entry " + entry.seq() + ", " + entry.event().getClass().getSimpleName();
        var inside = Disguises.in(entry.toString(), secret);
        for (var ref : Refs.of(entry.event()))
            if (inside.isEmpty())
                inside = journal.content(ref).flatMap(text -> Disguises.in(text, secret));
        return inside.map(form -> form + where);
    }

    private List<Entry> entries() {
        return TestRun.read(actual, Cursor.start());
    }

    private JournalAssert check(boolean holds, String expected) {
        if (!holds) throw failure("%nExpected: %s%n%s", expected, tail());
        return this;
    }

    private String tail() {
        var entries = entries();
        var text = new StringBuilder("Journal of " + entries.size() + " entries");
        for (var entry : entries.subList(Math.max(0, entries.size() - SHOWN), entries.size()))
            text.append("\n  ")
                    .append(entry.seq())
                    .append(' ')
                    .append(entry.origin().agent())
                    .append(' ')
                    .append(Story.cut(entry.event().toString()));
        return text.toString();
    }
}
