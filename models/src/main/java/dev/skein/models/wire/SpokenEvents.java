package dev.skein.models.wire;

import dev.skein.http.ServerEvent;
import dev.skein.http.ServerEvents;
import dev.skein.http.TransportException;
import java.util.Optional;
import java.util.function.Consumer;

/** Server-sent events of an answer, most of which are the one before but for a piece of text. */
final class SpokenEvents implements Streaming.Events {
    private final ServerEvents events;
    private final RepeatedEvent repeated = new RepeatedEvent();
    private Consumer<String> listener = _ -> {};

    SpokenEvents(ServerEvents events) {
        this.events = events;
    }

    @Override
    public Optional<ServerEvent> next() throws TransportException, InterruptedException {
        return events.next();
    }

    @Override
    public void repeated() throws TransportException, InterruptedException {
        while (repeated.isLearned() && events.pass(repeated)) listener.accept(repeated.take());
    }

    @Override
    public void learn(Heard.Piece piece) {
        repeated.learn(events.last(), piece.text());
        listener = piece.more();
    }
}
