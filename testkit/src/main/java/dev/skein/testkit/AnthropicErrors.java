package dev.skein.testkit;

import dev.skein.json.Json;
import java.util.Map;

/**
 * How Anthropic says no. Types and statuses from its page on errors, texts as the service gave them
 * by early 2026.
 */
final class AnthropicErrors {
    private AnthropicErrors() {}

    static Refusal invalid(String message) {
        return of(400, "invalid_request_error", message);
    }

    static Refusal of(int status, String type, String message) {
        return new Refusal(
                status,
                Map.of("request-id", "req_fake"),
                body(type, message).with("request_id", "req_fake"));
    }

    static Json.Obj body(String type, String message) {
        return Json.object("type", "error", "error", Json.object("type", type, "message", message));
    }

    static Refusal problem(int status, String message) {
        return of(status, type(status), message.isEmpty() ? usual(status) : message);
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 402 -> "billing_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 408, 504 -> "timeout_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 529 -> "overloaded_error";
            case 400, 422 -> "invalid_request_error";
            default -> "api_error";
        };
    }

    private static String usual(int status) {
        return switch (status) {
            case 401 -> "invalid x-api-key";
            case 402 -> "There is an issue with your billing or payment information.";
            case 403 -> "Your API key does not have permission to use the specified resource.";
            case 404 -> "Not Found";
            case 408, 504 -> "Request timed out";
            case 413 -> "Request exceeds the maximum size";
            case 429 ->
                    "This request would exceed the rate limit for your organization of 50,000 input tokens per minute.";
            case 529 -> "Overloaded";
            case 400, 422 -> "The request is not valid.";
            default -> "Internal server error";
        };
    }
}
