package dev.skein.tool;

/** What came of a call, as the model is told. */
public record ToolResult(String callId, String text, boolean error) {
    public ToolResult withText(String text) {
        return new ToolResult(callId, text, error);
    }
}
