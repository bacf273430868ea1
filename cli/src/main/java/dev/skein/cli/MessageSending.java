package dev.skein.cli;

import dev.skein.failure.RunFailure;
import dev.skein.json.Json;
import java.time.Duration;

/** Sends a message and tells how far it has come. */
record MessageSending(LiveRun run, ControlClient client, Output output) {
    /** What is waited for; the words of the command line. */
    enum State {
        /** Delivered, but not longer than a second. */
        soon,
        queued,
        delivered,
        seen
    }

    Json.Obj message(String session, String text, boolean followUp, State wait) {
        var message =
                Json.object("session", session, "text", text)
                        .with("mode", followUp ? "follow_up" : "steer");
        return wait == State.soon ? message : message.with("waitFor", wait.name());
    }

    int send(Json.Obj message, Duration limit) throws InterruptedException {
        var sent = client.post(run.route("/messages"), message, "cli", limit);
        var delivery = sent.get("delivery").text();
        var session = message.get("session").text();
        if (delivery.equals("dropped"))
            return output.fail(
                    ExitCode.FAILED,
                    new RunFailure.Ended(session, "before its agent saw the message", null));
        if (output.manner().json()) output.json(sent);
        else output.line("sent to " + session + " (" + delivery + ")");
        return output.written();
    }
}
