package dev.skein.cli;

import dev.skein.failure.Failure;
import dev.skein.failure.Invalid;
import dev.skein.json.FailureJson;
import dev.skein.json.Json;
import java.io.PrintStream;

/** What is printed: the answer on standard output, everything else on standard error. */
record Output(PrintStream out, PrintStream err, Manner manner) {
    /**
     * How it is printed.
     *
     * @param json one JSON value on standard output, errors as JSON on standard error
     * @param quiet no notes
     * @param debug with stack traces
     */
    record Manner(boolean json, boolean quiet, boolean debug) {
        static final Manner PLAIN = new Manner(false, false, false);
    }

    static Output of(Manner manner) {
        if (manner.debug()) Launch.debug();
        return new Output(System.out, System.err, manner);
    }

    void line(String text) {
        out.println(Printable.text(text));
    }

    /** A part of a line, at once. */
    void piece(String text) {
        out.print(Printable.text(text));
        out.flush();
    }

    void json(Json value) {
        out.println(value.canonical());
    }

    /** The exit code of what was printed: a full disk loses an answer. */
    int written() {
        return lost() ? tellLost() : ExitCode.COMPLETED;
    }

    /** Whether anything that was printed, by whomever, could not be written. */
    boolean lost() {
        return out.checkError();
    }

    int tellLost() {
        return fail(
                ExitCode.FAILED,
                new Invalid.Call(
                        "Standard output cannot be written", "Check the disk or pipe it goes to."));
    }

    void note(String text) {
        if (!manner.quiet()) err.println("skein: " + Printable.line(text));
    }

    /** Lines that belong to the failure that is told next. */
    void detail(String lines) {
        err.println(Printable.text(lines));
    }

    /** Says what happened and what to do; returns the exit code. */
    int fail(int exit, Failure failure) {
        return fail(exit, failure, failure.remedy());
    }

    /** As {@link #fail(int, Failure)}, with better advice than the failure has by itself. */
    int fail(int exit, Failure failure, String remedy) {
        if (manner.json()) {
            var json = new Json.Obj(FailureJson.encode(failure).fields());
            err.println(json.with("remedy", remedy).canonical());
        } else {
            err.println("error " + failure.code() + ": " + Printable.line(failure.message()));
            err.println("  → " + Printable.line(remedy));
        }
        return exit;
    }

    /** As {@link #fail(int, Failure)}, with the stack if it was asked for. */
    int fail(int exit, Failure failure, Throwable thrown) {
        if (manner.debug()) thrown.printStackTrace(err);
        return fail(exit, failure);
    }
}
