package dev.skein.testkit;

import dev.skein.tool.Toolset;
import java.util.Map;

class FixedToolsetTest extends ToolsetContract {
    @Override
    protected Toolset toolset(ToolShop shop) throws InterruptedException {
        return Toolset.of("shop", shop.tools());
    }

    @Override
    protected Map<Trait, String> lacks() {
        return Map.of(
                Trait.SOURCE, "its tools are there from the beginning",
                Trait.CHANGES, "its tools never change");
    }
}
