package dev.skein.server;

import dev.skein.event.Entry;
import dev.skein.event.EntryJson;
import dev.skein.event.Event;
import dev.skein.event.Journal;
import dev.skein.event.Ref;
import dev.skein.json.Json;
import java.util.Optional;

/**
 * Entries as clients see them: as the journal has them, and with the text beside each reference to
 * a short one, so that nobody has to ask for it.
 */
record EntryLine(Journal journal) {
    private static final long LONGEST = 16 << 10;

    Json json(Entry entry) {
        var json = EntryJson.encode(entry);
        // What programs emit is theirs, whatever it looks like.
        return entry.event() instanceof Event.Emitted ? json : withTexts(json);
    }

    private Json withTexts(Json value) {
        return switch (value) {
            case Json.Obj object -> withText(object);
            case Json.Arr(var items) -> Json.array(items.stream().map(this::withTexts).toList());
            case Json.Text _, Json.Num _, Json.Bool _, Json.Null _ -> value;
        };
    }

    private Json withText(Json.Obj object) {
        var text = text(object);
        if (text.isPresent()) return object.with("text", text.get());
        var all = object;
        for (var field : object.fields().entrySet())
            all = all.with(field.getKey(), withTexts(field.getValue()));
        return all;
    }

    private Optional<String> text(Json value) {
        boolean reference = value.fields().size() == 3 && !value.get("hash").text().isEmpty();
        long size = value.get("size").asLong(Long.MAX_VALUE);
        if (!reference || size > LONGEST) return Optional.empty();
        return journal.content(
                new Ref(value.get("hash").text(), size, value.get("mediaType").text()));
    }
}
