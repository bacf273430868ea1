package dev.skein.tool;

import java.util.List;
import java.util.Optional;

/** Tools that never change. */
record FixedToolset(String name, List<Tool> all) implements Toolset {
    @Override
    public List<Tool> tools(ToolsetContext context) {
        return all;
    }

    @Override
    public Optional<List<Tool>> fixed() {
        return Optional.of(all);
    }
}
