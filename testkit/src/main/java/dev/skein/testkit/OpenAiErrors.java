package dev.skein.testkit;

import dev.skein.json.Json;
import dev.skein.testkit.loop.HttpRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How OpenAI says no, on both of its wires. Texts as the service gave them by early 2026. */
final class OpenAiErrors {
    private OpenAiErrors() {}

    static Refusal invalid(String message, @Nullable String param, @Nullable String code) {
        return of(400, body(message, "invalid_request_error", param, code));
    }

    static @Nullable Refusal unauthorized(HttpRequest request, String key) {
        String given = request.header("authorization").orElse("");
        if (!given.startsWith("Bearer ")) {
            return of(
                    401,
                    body(
                            "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer"
                                    + " auth (i.e. Authorization: Bearer YOUR_KEY).",
                            "invalid_request_error",
                            null,
                            null));
        }
        if (!given.equals("Bearer " + key)) {
            return of(
                    401,
                    body(
                            "Incorrect API key provided: ***. You can find your API key at"
                                    + " https://platform.openai.com/account/api-keys.",
                            "invalid_request_error",
                            null,
                            "invalid_api_key"));
        }
        return null;
    }

    static Refusal noModel(String model) {
        String message =
                "The model `" + model + "` does not exist or you do not have access to it.";
        return of(404, body(message, "invalid_request_error", null, "model_not_found"));
    }

    static Refusal problem(int status, String message) {
        String type =
                switch (status) {
                    case 401, 403, 404, 400, 413, 422, 408 -> "invalid_request_error";
                    case 402 -> "insufficient_quota";
                    case 429 -> "tokens";
                    default -> "server_error";
                };
        String code =
                switch (status) {
                    case 401 -> "invalid_api_key";
                    case 402 -> "insufficient_quota";
                    case 404 -> "model_not_found";
                    case 429 -> "rate_limit_exceeded";
                    default -> null;
                };
        return of(status, body(message.isEmpty() ? usual(status) : message, type, null, code));
    }

    static Refusal quota() {
        String message =
                "You exceeded your current quota, please check your plan and billing details.";
        return of(429, body(message, "insufficient_quota", null, "insufficient_quota"));
    }

    static Json.Obj body(
            String message, String type, @Nullable String param, @Nullable String code) {
        return Json.object(
                "error",
                Json.object("message", message, "type", type, "param", param, "code", code));
    }

    private static Refusal of(int status, Json.Obj body) {
        return new Refusal(status, Map.of("x-request-id", "req_fake"), body);
    }

    private static String usual(int status) {
        return switch (status) {
            case 401 -> "Incorrect API key provided: ***.";
            case 402 -> "Your account has no credits left.";
            case 403 -> "Country, region, or territory not supported";
            case 404 -> "The model does not exist or you do not have access to it.";
            case 408 -> "Request timed out.";
            case 413 -> "The request is too large.";
            case 429 ->
                    "Rate limit reached for requests per min (RPM): Limit 500, Used 500, Requested 1. Please try again later.";
            case 503 -> "The engine is currently overloaded, please try again later";
            case 400, 422 -> "The request is not valid.";
            default -> "The server had an error while processing your request. Sorry about that!";
        };
    }
}
