package dev.skein.failure;

import java.util.List;

/** There is no such thing. */
public sealed interface Missing extends Failure {

    /** No agent of that name. */
    record Agent(String name, List<String> known) implements Missing {
        public Agent {
            known = List.copyOf(known);
        }

        @Override
        public String code() {
            return "missing.agent";
        }

        @Override
        public String message() {
            return Words.message(Words.none("agent", name, known));
        }

        @Override
        public String remedy() {
            return Words.remedy(Nearest.remedy(name, known, "Define it, or use a known name."));
        }
    }

    /** No such model or provider. */
    record Model(String name, List<String> known) implements Missing {
        public Model {
            known = List.copyOf(known);
        }

        @Override
        public String code() {
            return "missing.model";
        }

        @Override
        public String message() {
            return Words.message(Words.none("model", name, known));
        }

        @Override
        public String remedy() {
            return Words.remedy(
                    Nearest.remedy(name, known, "Use provider:model, or a configured name."));
        }
    }

    /** No tool of that name is offered. */
    record Tool(String name, List<String> known) implements Missing {
        public Tool {
            known = List.copyOf(known);
        }

        @Override
        public String code() {
            return "missing.tool";
        }

        @Override
        public String message() {
            return Words.message(Words.none("tool", name, known));
        }

        @Override
        public String remedy() {
            return Words.remedy(Nearest.remedy(name, known, "Call one of the offered tools."));
        }
    }

    /** An unknown tag of a type. */
    record Type(String tag, List<String> known) implements Missing {
        public Type {
            known = List.copyOf(known);
        }

        @Override
        public String code() {
            return "missing.type";
        }

        @Override
        public String message() {
            return Words.message(Words.none("type", tag, known));
        }

        @Override
        public String remedy() {
            return Words.remedy(Nearest.remedy(tag, known, "Register the type with the runtime."));
        }
    }

    /** No run of that id, or not one for this caller; an empty id stands for any live one. */
    record Run(String run) implements Missing {
        @Override
        public String code() {
            return "missing.run";
        }

        @Override
        public String message() {
            return Words.message(run.isEmpty() ? "No live run" : "No run '" + run + "'");
        }

        @Override
        public String remedy() {
            return Words.remedy("List the runs with: skein ls --all");
        }
    }

    /** No session of that name. */
    record Session(String name, List<String> known) implements Missing {
        public Session {
            known = List.copyOf(known);
        }

        @Override
        public String code() {
            return "missing.session";
        }

        @Override
        public String message() {
            return Words.message(Words.none("session", name, known));
        }

        @Override
        public String remedy() {
            return Words.remedy(Nearest.remedy(name, known, "Open it first."));
        }
    }

    /** A workflow that exposes no such endpoint. */
    record Endpoint(String name, String owner, List<String> known) implements Missing {
        public Endpoint {
            known = List.copyOf(known);
        }

        @Override
        public String code() {
            return "missing.endpoint";
        }

        @Override
        public String message() {
            return Words.message(
                    "No endpoint '" + name + "' on '" + owner + "'; it has " + Words.list(known));
        }

        @Override
        public String remedy() {
            return Words.remedy(Nearest.remedy(name, known, "Expose it before it is called."));
        }
    }

    /** No approval of that id. */
    record Approval(String approval) implements Missing {
        @Override
        public String code() {
            return "missing.approval";
        }

        @Override
        public String message() {
            return Words.message("No approval '" + approval + "'");
        }

        @Override
        public String remedy() {
            return Words.remedy("List the open ones with: skein approvals");
        }
    }

    /** The server has no such address. */
    record Route(String method, String path) implements Missing {
        @Override
        public String code() {
            return "missing.route";
        }

        @Override
        public String message() {
            return Words.message("No route " + method + " " + path);
        }

        @Override
        public String remedy() {
            return Words.remedy("See /openapi.json.");
        }
    }

    /** A secret that no source has. */
    record Secret(String name) implements Missing {
        @Override
        public String code() {
            return "missing.secret";
        }

        @Override
        public String message() {
            return Words.message("No secret '" + name + "'");
        }

        @Override
        public String remedy() {
            return Words.remedy(
                    "Put it in ~/.skein/secrets/"
                            + name
                            + " (mode 0600), or into the environment.");
        }
    }

    /** Stored content that is unknown or erased. */
    record Content(String content, boolean erased) implements Missing {
        @Override
        public String code() {
            return "missing.content";
        }

        @Override
        public String message() {
            return Words.message(
                    erased ? "'" + content + "' was erased" : "No content '" + content + "'");
        }

        @Override
        public String remedy() {
            return Words.remedy(
                    erased
                            ? "It cannot be brought back; run the task again."
                            : "Check the reference.");
        }
    }

    /** A request that the cassette does not have. */
    record Exchange(String request, String nearest) implements Missing {
        @Override
        public String code() {
            return "missing.exchange";
        }

        @Override
        public String message() {
            return Words.message(request + " does not match; nearest is " + nearest);
        }

        @Override
        public String remedy() {
            return Words.remedy("Record again: SKEIN_CASSETTES=record.");
        }
    }
}
