package dev.skein.failure;

import java.util.List;

/** A rule says no. */
public sealed interface Denied extends Failure {

    /** A tool call refused by policy, trust, arguments, taint or approval. */
    record Tool(String tool, String reason, List<String> offered) implements Denied {
        public Tool {
            offered = List.copyOf(offered);
        }

        @Override
        public String code() {
            return "denied.tool";
        }

        @Override
        public String message() {
            return Words.message("Tool '" + tool + "' is not allowed here: " + reason);
        }

        @Override
        public String remedy() {
            return Words.remedy(
                    offered.isEmpty()
                            ? "Go on without it."
                            : "Go on without it; offered: " + Words.list(offered) + ".");
        }
    }

    /** A model that this agent may not use. */
    record Model(String model, String agent) implements Denied {
        @Override
        public String code() {
            return "denied.model";
        }

        @Override
        public String message() {
            return Words.message("Model '" + model + "' is not allowed for '" + agent + "'");
        }

        @Override
        public String remedy() {
            return Words.remedy("Name it in the definition of the agent.");
        }
    }

    /** A guardrail rejected what went in or came out. */
    record Guardrail(String what, String guardrail) implements Denied {
        @Override
        public String code() {
            return "denied.guardrail";
        }

        @Override
        public String message() {
            return Words.message(what + " was rejected by '" + guardrail + "'");
        }

        @Override
        public String remedy() {
            return Words.remedy("Change it, or the guardrail.");
        }
    }

    /** No connection joins the two. */
    record Connection(String from, String to) implements Denied {
        @Override
        public String code() {
            return "denied.connection";
        }

        @Override
        public String message() {
            return Words.message(from + " is not connected to " + to);
        }

        @Override
        public String remedy() {
            return Words.remedy("Connect them in the workflow that owns both.");
        }
    }

    /** The caller lacks a right. */
    record Principal(String principal, String has, String needs) implements Denied {
        @Override
        public String code() {
            return "denied.principal";
        }

        @Override
        public String message() {
            return Words.message("'" + principal + "' has " + has + "; " + needs + " is needed");
        }

        @Override
        public String remedy() {
            return Words.remedy("Use a principal with that right.");
        }
    }

    /** The token is absent or wrong. */
    record Token(String problem) implements Denied {
        @Override
        public String code() {
            return "denied.token";
        }

        @Override
        public String message() {
            return Words.message(problem);
        }

        @Override
        public String remedy() {
            return Words.remedy("Send the header Authorization: Bearer with a valid token.");
        }
    }

    /** A Host or Origin that is not served. */
    record Origin(String header, String value) implements Denied {
        @Override
        public String code() {
            return "denied.origin";
        }

        @Override
        public String message() {
            return Words.message(header + " '" + value + "' is not served here");
        }

        @Override
        public String remedy() {
            return Words.remedy("Add it to the served hosts if it is yours.");
        }
    }

    /** A tool or server that changed since it was approved. */
    record Pin(String tool, String server, String since) implements Denied {
        @Override
        public String code() {
            return "denied.pin";
        }

        @Override
        public String message() {
            return Words.message(
                    "Tool '" + tool + "' of server '" + server + "' changed since " + since);
        }

        @Override
        public String remedy() {
            return Words.remedy(
                    "skein mcp diff " + server + ", then skein mcp trust " + server + "/" + tool);
        }
    }

    /** An address that may not be called. */
    record Egress(String address, String problem) implements Denied {
        @Override
        public String code() {
            return "denied.egress";
        }

        @Override
        public String message() {
            return Words.message("'" + address + "' " + problem);
        }

        @Override
        public String remedy() {
            return Words.remedy("Allow it in Egress if you mean it.");
        }
    }

    /** The registration of a harness. */
    record Link(String session, String problem) implements Denied {
        @Override
        public String code() {
            return "denied.link";
        }

        @Override
        public String message() {
            return Words.message("Session '" + session + "': " + problem);
        }

        @Override
        public String remedy() {
            return Words.remedy("If you restarted the agent yourself, close the session first.");
        }
    }

    /** A frame that nobody we know has signed. */
    record Signature(String where, String problem) implements Denied {
        @Override
        public String code() {
            return "denied.signature";
        }

        @Override
        public String message() {
            return Words.message("Frame on '" + where + "' " + problem);
        }

        @Override
        public String remedy() {
            return Words.remedy("Give the key to this side, or find out who writes there.");
        }
    }

    /** State files that others can open. */
    record Files(String path, String problem) implements Denied {
        @Override
        public String code() {
            return "denied.files";
        }

        @Override
        public String message() {
            return Words.message(path + " " + problem);
        }

        @Override
        public String remedy() {
            return Words.remedy("Make it yours alone: chmod 0700 for folders, 0600 for files.");
        }
    }

    /** A protection that only code can give up. */
    record Unsafe(String protection) implements Denied {
        @Override
        public String code() {
            return "denied.unsafe";
        }

        @Override
        public String message() {
            return Words.message("'" + protection + "' cannot be set here");
        }

        @Override
        public String remedy() {
            return Words.remedy("Write it in code.");
        }
    }

    /** Network that is switched off in tests. */
    record Network(String address, String rule) implements Denied {
        @Override
        public String code() {
            return "denied.network";
        }

        @Override
        public String message() {
            return Words.message(address + " was asked for; the network is " + rule);
        }

        @Override
        public String remedy() {
            return Words.remedy(
                    "Use a fake provider or a cassette, or open the network for this test.");
        }
    }
}
