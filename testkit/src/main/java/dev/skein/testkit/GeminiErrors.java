package dev.skein.testkit;

import dev.skein.json.Json;
import dev.skein.testkit.loop.HttpRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How Google says no: status words of its RPC, texts as the service gave them by early 2026. */
final class GeminiErrors {
    private GeminiErrors() {}

    static @Nullable Refusal unauthorized(HttpRequest request, String key) {
        String given = request.header("x-goog-api-key").orElse(inQuery(request.target()));
        if (given.isEmpty()) {
            return problem(
                    403,
                    "Method doesn't allow unregistered callers (callers without established identity). Please use API Key"
                            + " or other form of API consumer identity to call this API.");
        }
        return given.equals(key) ? null : wrongKey();
    }

    private static String inQuery(String target) {
        int at = target.indexOf("key=");
        return at < 0 ? "" : target.substring(at + 4).replaceFirst("&.*", "");
    }

    /** A wrong key is an invalid argument here, not a missing permission. */
    private static Refusal wrongKey() {
        var reason =
                Json.object(
                        "@type",
                        "type.googleapis.com/google.rpc.ErrorInfo",
                        "reason",
                        "API_KEY_INVALID",
                        "domain",
                        "googleapis.com");
        return of(400, body(400, "API key not valid. Please pass a valid API key.", reason));
    }

    static Refusal invalid(String message) {
        return problem(400, message);
    }

    static Refusal noModel(String model) {
        return problem(
                404,
                "models/"
                        + model
                        + " is not found for API version v1beta, or is not supported for generateContent. Call ListModels to"
                        + " see the list of available models and their supported methods.");
    }

    static Refusal problem(int status, String message) {
        return of(status, body(status, message.isEmpty() ? usual(status) : message));
    }

    static Refusal quota() {
        var violation =
                Json.object(
                        "quotaMetric",
                        "generativelanguage.googleapis.com/generate_content_free_tier_requests",
                        "quotaId",
                        "GenerateRequestsPerDayPerProjectPerModel-FreeTier");
        var failure =
                Json.object(
                        "@type",
                        "type.googleapis.com/google.rpc.QuotaFailure",
                        "violations",
                        List.of(violation));
        return of(
                429,
                body(
                        429,
                        "You exceeded your current quota, please check your plan and billing details.",
                        failure));
    }

    /** The body of an error of that status word, inside a stream. */
    static Json.Obj inStream(String word) {
        boolean usual = word.isEmpty() || word.equals("UNAVAILABLE");
        var message = usual ? usual(503) : "The stream cannot go on.";
        return Json.object(
                "error",
                Json.object(
                        "code",
                        usual ? 503 : 500,
                        "message",
                        message,
                        "status",
                        usual ? "UNAVAILABLE" : word));
    }

    private static Refusal of(int status, Json body) {
        return Refusal.of(status, body);
    }

    private static Json.Obj body(int status, String message, Json... details) {
        var error = Json.object("code", status, "message", message, "status", word(status));
        return Json.object(
                "error", details.length == 0 ? error : error.with("details", List.of(details)));
    }

    private static String word(int status) {
        return switch (status) {
            case 400, 413, 422 -> "INVALID_ARGUMENT";
            case 401 -> "UNAUTHENTICATED";
            case 402, 403 -> "PERMISSION_DENIED";
            case 404 -> "NOT_FOUND";
            case 408, 504 -> "DEADLINE_EXCEEDED";
            case 429 -> "RESOURCE_EXHAUSTED";
            case 502, 503, 529 -> "UNAVAILABLE";
            default -> "INTERNAL";
        };
    }

    private static String usual(int status) {
        return switch (status) {
            case 400, 422 -> "Request contains an invalid argument.";
            case 401 -> "Request had invalid authentication credentials.";
            case 402 -> "This API method requires billing to be enabled.";
            case 403 -> "Permission denied on resource project.";
            case 404 -> "Requested entity was not found.";
            case 408, 504 -> "Deadline expired before operation could complete.";
            case 413 -> "Request payload size exceeds the limit: 20971520 bytes.";
            case 429 -> "Resource has been exhausted (e.g. check quota).";
            case 502, 503, 529 -> "The model is overloaded. Please try again later.";
            default -> "An internal error has occurred. Please retry or report.";
        };
    }
}
