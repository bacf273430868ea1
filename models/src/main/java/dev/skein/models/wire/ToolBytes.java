package dev.skein.models.wire;

import dev.skein.json.Json;
import dev.skein.json.JsonWriter;
import dev.skein.tool.ToolSpec;
import java.util.List;

/** The declarations of tools in a provider's words, made once for each tool. */
public final class ToolBytes {
    private final Remembered<ToolSpec, byte[]> made;

    /** Writes one declaration. */
    public interface Shape {
        /** Writes it whole. */
        void write(JsonWriter out, ToolSpec tool);
    }

    /** In that shape. */
    public ToolBytes(Shape shape) {
        made =
                new Remembered<>(tool -> {
                    var out = new JsonWriter();
                    shape.write(out, tool);
                    return out.toBytes();
                });
    }

    /** Writes the field, unless there are no tools. */
    public void write(JsonWriter out, List<ToolSpec> tools) {
        write(out, tools, List.of());
    }

    /** The same with those that the provider runs itself behind them. */
    public void write(JsonWriter out, List<ToolSpec> tools, List<Json> provided) {
        if (tools.isEmpty() && provided.isEmpty()) return;
        out.name("tools").array();
        for (var tool : tools) out.raw(made.of(tool));
        for (var tool : provided) out.value(tool);
        out.endArray();
    }
}
