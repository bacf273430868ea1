package dev.skein.testkit;

import dev.skein.event.Archive;
import dev.skein.event.Cursor;
import dev.skein.event.Entry;
import dev.skein.event.Event;
import dev.skein.event.EventReader;
import dev.skein.event.Journal;
import dev.skein.event.Origin;
import dev.skein.event.Ref;
import java.util.Optional;

/**
 * A journal that does what another one does. Tests extend it and override what is to be counted, to
 * come late or to go wrong. Closing it closes the other.
 */
public class ForwardingJournal implements Journal {
    private final Journal journal;

    public ForwardingJournal(Journal journal) {
        this.journal = journal;
    }

    @Override
    public Entry append(Origin origin, Event event) throws InterruptedException {
        return journal.append(origin, event);
    }

    @Override
    public Ref keep(String run, String mediaType, String text) throws InterruptedException {
        return journal.keep(run, mediaType, text);
    }

    @Override
    public Optional<String> content(Ref ref) {
        return journal.content(ref);
    }

    @Override
    public EventReader read(Cursor from) {
        return journal.read(from);
    }

    @Override
    public void archive(Archive archive) {
        journal.archive(archive);
    }

    @Override
    public long last() {
        return journal.last();
    }

    @Override
    public long last(String run) {
        return journal.last(run);
    }

    @Override
    public Optional<Entry> entry(String run, long number) {
        return journal.entry(run, number);
    }

    @Override
    public void close() {
        journal.close();
    }
}
