package dev.skein.testkit;

import dev.skein.tool.Tool;
import dev.skein.tool.Toolset;
import dev.skein.tool.ToolsetContext;
import java.util.List;

/** Asks a shop whenever it is asked. */
class ShopToolset implements Toolset {
    private final ToolShop shop;

    ShopToolset(ToolShop shop) {
        this.shop = shop;
    }

    @Override
    public String name() {
        return "shop";
    }

    @Override
    public List<Tool> tools(ToolsetContext context) throws InterruptedException {
        shop.onChange(context::changed);
        return shop.tools();
    }
}
