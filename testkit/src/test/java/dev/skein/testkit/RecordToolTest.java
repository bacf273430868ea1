package dev.skein.testkit;

import dev.skein.tool.Tool;

class RecordToolTest extends ToolContract {
    @Override
    protected Tool tool(Code code) {
        return Tool.of("order", "Orders something.", Order.class, code::run);
    }
}
