package dev.skein.testkit;

import dev.skein.tool.Tool;
import org.junit.jupiter.api.Tag;

@Tag("AG-90")
@Tag("AG-92")
class RecordToolTest extends ToolContract {
    @Override
    protected Tool tool(Code code) {
        return Tool.of("order", "Orders something.", Order.class, code::run);
    }
}
