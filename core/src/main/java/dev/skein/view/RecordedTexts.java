package dev.skein.view;

import dev.skein.event.Entry;
import dev.skein.event.EntryJson;
import dev.skein.event.Ref;
import dev.skein.failure.SkeinException;
import dev.skein.failure.StoreFailure;
import dev.skein.json.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Takes lines apart into entries and the texts that they refer to. */
final class RecordedTexts {
    private static final long REMEMBERED = 8L << 20;

    private final Blobs blobs;
    private final LinkedHashMap<String, String> texts = new LinkedHashMap<>();
    private long characters;

    RecordedTexts(Blobs blobs) {
        this.blobs = blobs;
    }

    Entry entry(byte[] line) throws IOException {
        var json = Json.parse(line);
        var blob = json.get(EntryLine.BLOB).text();
        if (!blob.isEmpty()) {
            var whole = blobs.text(blob);
            if (whole.isPresent()) json = Json.parse(whole.get());
        }
        if (!json.get("type").text().equals("emitted")) remember(json);
        return EntryJson.decode(json);
    }

    Optional<String> content(Ref ref) {
        var known = texts.get(ref.hash());
        if (known != null) return Optional.of(known);
        try {
            return blobs.text(ref.hash());
        } catch (IOException e) {
            throw new SkeinException(
                    new StoreFailure.Damaged("Content " + ref.hash(), "cannot be read: " + e), e);
        }
    }

    /** Nothing is taken out: the codec passes over what no reference has. */
    private void remember(Json json) {
        for (var field : json.fields().values()) {
            if (field.fields().containsKey(EntryLine.TEXT) && field.fields().containsKey("hash")) {
                keep(field.get("hash").text(), field.get(EntryLine.TEXT).text());
            } else if (field.fields().containsKey("status")) remember(field);
        }
    }

    private void keep(String hash, String text) {
        if (texts.put(hash, text) == null) characters += text.length();
        while (characters > REMEMBERED && texts.size() > 2) {
            Map.Entry<String, String> oldest = texts.firstEntry();
            texts.remove(oldest.getKey());
            characters -= oldest.getValue().length();
        }
    }
}
