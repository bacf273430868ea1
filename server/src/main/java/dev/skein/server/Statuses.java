package dev.skein.server;

import dev.skein.failure.BrokerFailure;
import dev.skein.failure.Conflict;
import dev.skein.failure.Denied;
import dev.skein.failure.Failure;
import dev.skein.failure.HarnessFailure;
import dev.skein.failure.Invalid;
import dev.skein.failure.Limit;
import dev.skein.failure.MachineFailure;
import dev.skein.failure.Missing;
import dev.skein.failure.ModelFailure;
import dev.skein.failure.OutputFailure;
import dev.skein.failure.RunFailure;
import dev.skein.failure.RuntimeFailure;
import dev.skein.failure.StoreFailure;
import dev.skein.failure.ToolFailure;
import dev.skein.failure.Unrecognized;

/** The HTTP status that stands for a failure. */
final class Statuses {
    private Statuses() {}

    static int of(Failure failure) {
        return switch (failure) {
            case Invalid _ -> 400;
            case Denied.Token _ -> 401;
            case Denied _ -> 403;
            case Missing _ -> 404;
            case Conflict _ -> 409;
            // What is asked for has ended: there is nothing any more to ask.
            case RunFailure.Ended _ -> 409;
            case Limit.Size _ -> 413;
            case Limit.Load _, Limit.Budget _, Limit.Spawns _, Limit.Depth _ -> 429;
            case RuntimeFailure _, StoreFailure.Unavailable _, BrokerFailure.Unavailable _ -> 503;
            case StoreFailure.Full _ -> 507;
            case Limit _,
                    ModelFailure _,
                    OutputFailure _,
                    ToolFailure _,
                    RunFailure _,
                    MachineFailure _,
                    HarnessFailure _,
                    StoreFailure _,
                    BrokerFailure _,
                    Unrecognized _ ->
                    500;
        };
    }

    /** The word behind the status. */
    static String word(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 202 -> "Accepted";
            case 400 -> "Bad Request";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 409 -> "Conflict";
            case 411 -> "Length Required";
            case 413 -> "Content Too Large";
            case 415 -> "Unsupported Media Type";
            case 429 -> "Too Many Requests";
            case 503 -> "Service Unavailable";
            default -> status < 500 ? "Refused" : "Failed";
        };
    }
}
