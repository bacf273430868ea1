package dev.skein.runtime;

import dev.skein.tool.ToolLimits;
import dev.skein.tool.ToolResult;
import java.io.IOException;

/**
 * Makes of what came of a call what the model is shown: as it is if it is small enough, else its
 * beginning and its end, and a handle under which the whole can be read.
 *
 * @param share the most tokens of any result
 */
record Clipping(LiveRun<?> run, long share) {
    ToolResult clip(ToolResult full, ToolLimits limits) {
        var own = limits.maxResultTokens();
        long limit = own == null ? share : Math.min(own, share);
        var excerpt = new Excerpt(run.engine().config().ports().estimator(), limit);
        if (excerpt.fits(full.text())) return full;
        return full.withText(excerpt.of(full.text(), kept(full.text(), limits.spillBytes())));
    }

    /** Keeps the whole and says where. An output that cannot be kept costs no more than that. */
    private String kept(String text, long most) {
        try {
            var spilled = run.spool().keep(text, most);
            var dropped =
                    spilled.kept() == spilled.size()
                            ? ""
                            : ", of which " + spilled.kept() + " were kept";
            return "[… cut: "
                    + spilled.size()
                    + " bytes in all"
                    + dropped
                    + "; "
                    + ReadOutput.NAME
                    + " reads on, handle "
                    + spilled.handle()
                    + " …]";
        } catch (IOException e) {
            return "[… cut: " + Utf8.length(text) + " bytes in all, which could not be kept …]";
        }
    }
}
