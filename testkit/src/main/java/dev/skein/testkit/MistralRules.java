package dev.skein.testkit;

import dev.skein.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Mistral refuses, and how, from its API reference as of March 2026: fields that it does not
 * know, no model or messages, call ids that are not nine letters and digits, calls and results that
 * do not belong together, an end that nobody can answer, schemas that are not strict, more tokens
 * than the model reads.
 */
final class MistralRules {
    private static final Set<String> FIELDS =
            Set.of(
                    "model",
                    "messages",
                    "temperature",
                    "top_p",
                    "max_tokens",
                    "stream",
                    "stop",
                    "random_seed",
                    "metadata",
                    "response_format",
                    "tools",
                    "tool_choice",
                    "presence_penalty",
                    "frequency_penalty",
                    "n",
                    "prediction",
                    "parallel_tool_calls",
                    "prompt_mode",
                    "safe_prompt");

    private MistralRules() {}

    static @Nullable Refusal check(Ask ask, Limits limits) {
        Json body = ask.body();
        return First.of(
                () -> fields(body),
                () ->
                        limits.unknownModels().contains(ask.model())
                                ? invalid("Invalid model: " + ask.model(), "1500")
                                : null,
                () -> messages(body.get("messages").items()),
                () -> schema(ask.schema()),
                () -> size(ask, limits));
    }

    static Refusal problem(int status, String message) {
        return Refusal.of(
                status,
                body(
                        message.isEmpty() ? usual(status) : message,
                        type(status),
                        status == 429 ? "1300" : Integer.toString(status)));
    }

    static Json.Obj body(String message, String type, String code) {
        return Json.object(
                "object", "error", "message", message, "type", type, "param", null, "code", code);
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "unauthorized";
            case 402 -> "payment_required";
            case 403 -> "forbidden";
            case 404 -> "not_found";
            case 429 -> "rate_limited";
            case 503, 529 -> "service_unavailable";
            default -> status < 500 ? "invalid_request_error" : "internal_server_error";
        };
    }

    private static String usual(int status) {
        return switch (status) {
            case 401 -> "Unauthorized";
            case 402 -> "Payment required: check your subscription.";
            case 429 -> "Requests rate limit exceeded";
            default -> status < 500 ? "The request is not valid." : "Service unavailable.";
        };
    }

    private static Refusal invalid(String message, String code) {
        return Refusal.of(400, body(message, "invalid_request_error", code));
    }

    /** What does not fit its data types is told as its server's library tells it. */
    private static Refusal unprocessable(String type, String field, String message) {
        var detail = Json.object("type", type, "loc", List.of("body", field), "msg", message);
        return Refusal.of(422, Json.object("detail", List.of(detail)));
    }

    private static @Nullable Refusal fields(Json body) {
        for (var name : List.of("model", "messages")) {
            if (body.get(name).isNull()) {
                return unprocessable("missing", name, "Field required");
            }
        }
        for (var name : body.fields().keySet()) {
            if (!FIELDS.contains(name)) {
                return unprocessable("extra_forbidden", name, "Extra inputs are not permitted");
            }
        }
        return null;
    }

    private static @Nullable Refusal messages(List<Json> messages) {
        var open = new ArrayList<String>();
        for (var message : messages) {
            String role = message.get("role").text();
            if (role.equals("tool")) {
                if (!open.remove(message.get("tool_call_id").text())) {
                    return invalid("Unexpected tool call id in tool results", "3230");
                }
                continue;
            }
            if (!open.isEmpty()) {
                return invalid("Not the same number of function calls and responses", "3230");
            }
            for (var call : message.get("tool_calls").items()) {
                String id = call.get("id").text();
                if (!id.matches("[a-zA-Z0-9]{9}")) {
                    return invalid(
                            "Tool call id was "
                                    + id
                                    + " but must be a-z, A-Z, 0-9, with a length of 9.",
                            "3280");
                }
                open.add(id);
            }
        }
        String last = messages.isEmpty() ? "nobody" : messages.getLast().get("role").text();
        return Set.of("user", "tool").contains(last)
                ? null
                : invalid(
                        "Expected last role User or Tool (or Assistant with prefix True) for serving but got "
                                + last,
                        "3230");
    }

    private static @Nullable Refusal schema(Json schema) {
        String wrong = schema.isNull() ? null : StrictSchema.wrong(schema);
        return wrong == null
                ? null
                : invalid("Invalid schema for response_format: " + wrong, "1500");
    }

    private static @Nullable Refusal size(Ask ask, Limits limits) {
        long tokens = ask.inputTokens();
        return tokens <= limits.contextTokens()
                ? null
                : invalid(
                        "Prompt contains "
                                + tokens
                                + " tokens, too large for model with "
                                + limits.contextTokens()
                                + " maximum context length",
                        "3051");
    }
}
