package dev.skein.testkit;

import dev.skein.tool.Tool;
import dev.skein.tool.ToolMethod;
import dev.skein.tool.Toolset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;

@Tag("AG-90")
@Tag("AG-92")
class MethodToolTest extends ToolContract {
    /** A program's own class. */
    public record Orders(Code code) {
        /** The tool. */
        @ToolMethod("Orders something.")
        public @Nullable Object order(String item, int count, Optional<String> note)
                throws Exception {
            return code.run(new Order(item, count, note));
        }
    }

    @Override
    protected Tool tool(Code code) {
        return Toolset.methodsOf(new Orders(code)).fixed().orElseThrow().getFirst();
    }
}
