package dev.skein.testkit;

import dev.skein.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Arguments for an order that are almost right, each wrong in one way, by that way. */
final class Mutants {
    static final Json.Obj RIGHT =
            Json.object("item", "bread \"雁🪿\"\n", "count", 3, "note", "sliced");

    /** Fits the schema, which knows no bounds of Java's numbers, but no order. */
    static final Json BEYOND = RIGHT.with("count", Integer.MAX_VALUE + 1L);

    private Mutants() {}

    static Map<String, Json> all() {
        var all = new LinkedHashMap<String, Json>();
        all.put("no item", RIGHT.without("item"));
        all.put("no count", RIGHT.without("count"));
        all.put("nothing", Json.object());
        all.put("an item that is null", RIGHT.with("item", null));
        all.put("an item that is a number", RIGHT.with("item", 5));
        all.put("an item that is a list", RIGHT.with("item", List.of("bread")));
        all.put("a count that is text", RIGHT.with("count", "3"));
        all.put("a count that is half", RIGHT.with("count", 1.5));
        all.put("a count that is null", RIGHT.with("count", null));
        all.put("a note that is a number", RIGHT.with("note", 5));
        all.put("a property too many", RIGHT.with("rush", true));
        all.put("a name in capitals", RIGHT.without("item").with("ITEM", "bread"));
        all.put("a list", Json.array(List.of(RIGHT)));
        all.put("null", Json.nothing());
        all.put("a number", Json.of(3));
        all.put("half of it, as text", Json.of("{\"item\":\"bread\",\"cou"));
        all.put("all of it, as text", Json.of(RIGHT.canonical()));
        return all;
    }
}
