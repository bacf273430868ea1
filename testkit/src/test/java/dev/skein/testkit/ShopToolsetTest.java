package dev.skein.testkit;

import dev.skein.tool.Toolset;

class ShopToolsetTest extends ToolsetContract {
    @Override
    protected Toolset toolset(ToolShop shop) {
        return new ShopToolset(shop);
    }
}
