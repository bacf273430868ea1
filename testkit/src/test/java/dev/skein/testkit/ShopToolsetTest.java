package dev.skein.testkit;

import dev.skein.tool.Toolset;
import org.junit.jupiter.api.Tag;

@Tag("AG-96")
class ShopToolsetTest extends ToolsetContract {
    @Override
    protected Toolset toolset(ToolShop shop) {
        return new ShopToolset(shop);
    }
}
