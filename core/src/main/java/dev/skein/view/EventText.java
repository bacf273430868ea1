package dev.skein.view;

import dev.skein.event.Event;
import dev.skein.event.ModelEvent;
import dev.skein.event.Ref;
import dev.skein.event.RunEvent;
import dev.skein.event.SessionEvent;
import dev.skein.event.ToolEvent;
import dev.skein.event.WorkflowEvent;
import dev.skein.failure.Failure;
import dev.skein.json.Json;
import dev.skein.json.JsonType;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an event says, on one line, beside its type: {@code submit {"code":"…"}}.
 *
 * @param content of references, as {@code Journal.content} gives it
 */
public record EventText(Function<Ref, Optional<String>> content) {
    private static final int LONGEST = 1000;
    private static final JsonType<Event> EVENTS = JsonType.of(Event.class);

    /** At most 1,000 characters, without line ends; other control characters are left in. */
    public String of(Event event) {
        return Cut.line(text(event), LONGEST);
    }

    private String text(Event event) {
        return switch (event) {
            case Event.Emitted(var type, var data) -> type + " " + data.canonical();
            case ToolEvent.ToolCalled call -> call.tool() + " " + text(call.arguments());
            case ToolEvent.ToolReturned back ->
                    (back.error() ? "error " : "") + text(back.result());
            case WorkflowEvent.EndpointCalled call ->
                    call.endpoint() + " " + text(call.arguments()) + " by " + call.caller();
            case WorkflowEvent.EndpointReturned back ->
                    back.endpoint() + " " + ending(back.result(), back.failure());
            case WorkflowEvent.EndpointExposed exposed ->
                    Signature.of(exposed.name(), exposed.schema());
            case WorkflowEvent.Connected(var from, var to) -> from + " → " + to;
            case WorkflowEvent.Disconnected(var from, var to) -> from + " → " + to;
            case RunEvent.RunEnded ended -> outcome(ended.outcome());
            case SessionEvent.SessionChanged(var from, var to, var cause) ->
                    low(from) + " → " + low(to) + because(cause);
            case SessionEvent.MessageSent sent -> "from " + sent.from() + ": " + text(sent.text());
            case ModelEvent.ModelAnswered answered -> text(answered.message());
            default -> fields(event);
        };
    }

    private String outcome(RunEvent.Outcome outcome) {
        var reason = outcome.reason();
        return low(outcome.status())
                + (outcome.output() == null ? "" : " " + text(outcome.output()))
                + because(outcome.failure())
                + (reason == null ? "" : ": " + reason);
    }

    private String ending(@Nullable Ref result, @Nullable Failure failure) {
        if (failure != null) return failure.code() + because(failure);
        return result == null ? "ok" : text(result);
    }

    private String text(Ref ref) {
        return content.apply(ref).orElse("(" + ref.size() + " bytes)");
    }

    private static String because(@Nullable Failure failure) {
        return failure == null ? "" : ": " + failure.message();
    }

    private static String low(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Every field but the mark of its kind, which comes first. */
    private static String fields(Event event) {
        return EVENTS.encode(event).fields().entrySet().stream()
                .skip(1)
                .map(field -> field.getKey() + "=" + shown(field.getValue()))
                .collect(Collectors.joining(" "));
    }

    private static String shown(Json value) {
        if (value instanceof Json.Text(var text)) return text;
        // Of a failure, what it says; of a content, nothing but its size.
        if (!value.get("code").text().isEmpty()) return value.get("message").text();
        return value.get("hash").text().isEmpty()
                ? value.canonical()
                : "(" + value.get("size").asLong() + " bytes)";
    }
}
