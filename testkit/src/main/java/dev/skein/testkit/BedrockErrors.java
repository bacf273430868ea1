package dev.skein.testkit;

import dev.skein.json.Json;
import dev.skein.testkit.loop.HttpRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How Amazon Bedrock says no: the type in a header, a message in the body. Types and statuses from
 * its API reference, texts as the service gave them by autumn 2026.
 */
final class BedrockErrors {
    static final String KEY_ID = "fake-access-key-id";

    private BedrockErrors() {}

    static @Nullable Refusal unauthorized(HttpRequest request, String key) {
        String given = request.header("authorization").orElse("");
        if (given.isEmpty()) {
            return of(403, "MissingAuthenticationTokenException", "Missing Authentication Token");
        }
        if (given.startsWith("Bearer ")) {
            return given.equals("Bearer " + key)
                    ? null
                    : of(403, "AccessDeniedException", "Authentication failed: Invalid API Key.");
        }
        var signature = AmazonSignature.of(given);
        if (!signature.keyId().equals(KEY_ID)) {
            return of(
                    403,
                    "UnrecognizedClientException",
                    "The security token included in the request is invalid.");
        }
        return signature.isOf(request, key)
                ? null
                : of(
                        403,
                        "InvalidSignatureException",
                        "The request signature we calculated does not match the signature you provided. Check your AWS"
                                + " Secret Access Key and signing method. Consult the service documentation for details.");
    }

    static Refusal invalid(String message) {
        return of(400, "ValidationException", message);
    }

    static Refusal of(int status, String type, String message) {
        return new Refusal(
                status,
                Map.of(
                        "x-amzn-ErrorType",
                        type + ":http://internal.amazon.com/coral/com.amazon.bedrock/",
                        "x-amzn-RequestId",
                        "00000000-0000-4000-8000-000000000000"),
                Json.object("message", message));
    }

    static Refusal problem(int status, String message) {
        return of(status, type(status), message.isEmpty() ? usual(status) : message);
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "UnrecognizedClientException";
            case 403 -> "AccessDeniedException";
            case 404 -> "ResourceNotFoundException";
            case 408 -> "ModelTimeoutException";
            case 424 -> "ModelErrorException";
            case 429 -> "ThrottlingException";
            case 503 -> "ServiceUnavailableException";
            default -> status < 500 ? "ValidationException" : "InternalServerException";
        };
    }

    private static String usual(int status) {
        return switch (status) {
            case 401, 403 -> "You don't have access to the model with the specified model ID.";
            case 404 ->
                    "Could not resolve the foundation model from the provided model identifier.";
            case 408 -> "Model has timed out in processing the request. Try your request again.";
            case 429 -> "Too many requests, please wait before trying again.";
            case 503 -> "Bedrock is unable to process your request.";
            default ->
                    status < 500
                            ? "The request is not valid."
                            : "The system encountered an unexpected error during processing. Try"
                                    + " your request again.";
        };
    }

    /** What may be used in a day is used up. */
    static Refusal quota() {
        return of(
                429,
                "ThrottlingException",
                "Too many tokens per day, please wait before trying again.");
    }

    static Event inStream(String type) {
        return type.isEmpty()
                ? new Event.Thrown(
                        "serviceUnavailableException", Json.object("message", usual(503)))
                : new Event.Thrown(type, Json.object("message", "The stream cannot go on."));
    }
}
