package dev.skein.failure;

import java.util.List;

/** What was given cannot be used: settings, definitions, input, names, types. */
public sealed interface Invalid extends Failure {

    /** Settings or start options; each finding names the setting and its value. */
    record Config(List<String> findings, String remedy) implements Invalid {
        public Config {
            findings = List.copyOf(findings);
            remedy = Words.remedy(remedy);
        }

        /** Settings whose findings say themselves what to change. */
        public Config(List<String> findings) {
            this(findings, "Correct what is named, then start again.");
        }

        @Override
        public String code() {
            return "invalid.config";
        }

        @Override
        public String message() {
            return Words.message(Words.findings(findings));
        }
    }

    /**
     * A definition in code, in a file or in a request; each finding names the field and its value.
     */
    record Spec(List<String> findings, String remedy) implements Invalid {
        public Spec {
            findings = List.copyOf(findings);
            remedy = Words.remedy(remedy);
        }

        /** A definition whose findings say themselves what to change. */
        public Spec(List<String> findings) {
            this(findings, "Correct the named fields.");
        }

        @Override
        public String code() {
            return "invalid.spec";
        }

        @Override
        public String message() {
            return Words.message(Words.findings(findings));
        }
    }

    /** A graph or team that cannot run. */
    record Graph(String graph, List<String> findings, String remedy) implements Invalid {
        public Graph {
            findings = List.copyOf(findings);
            remedy = Words.remedy(remedy);
        }

        @Override
        public String code() {
            return "invalid.graph";
        }

        @Override
        public String message() {
            return Words.message("'" + graph + "': " + Words.findings(findings));
        }
    }

    /**
     * Input or arguments that do not fit their schema; {@code what} is like {@code Input of
     * 'billing'}.
     */
    record Input(String what, List<Violation> problems) implements Invalid {
        public Input {
            problems = List.copyOf(problems);
        }

        @Override
        public String code() {
            return "invalid.input";
        }

        @Override
        public String message() {
            return Words.message(what + Violation.listed(problems));
        }

        @Override
        public String remedy() {
            return Words.remedy("Send a value that fits the schema of what is called.");
        }
    }

    /** The declaration of a tool. */
    record Tool(String tool, String problem, String remedy) implements Invalid {
        public Tool {
            remedy = Words.remedy(remedy);
        }

        @Override
        public String code() {
            return "invalid.tool";
        }

        @Override
        public String message() {
            return Words.message("Tool '" + tool + "' " + problem);
        }
    }

    /** A bad argument, or a call at a bad moment. */
    record Call(String problem, String remedy) implements Invalid {
        public Call {
            remedy = Words.remedy(remedy);
        }

        @Override
        public String code() {
            return "invalid.call";
        }

        @Override
        public String message() {
            return Words.message(problem);
        }
    }

    /** A name or namespace that breaks its rule. */
    record Name(String name, String rule) implements Invalid {
        @Override
        public String code() {
            return "invalid.name";
        }

        @Override
        public String message() {
            return Words.message("'" + name + "' is not a name: " + rule);
        }

        @Override
        public String remedy() {
            return Words.remedy("Choose another name.");
        }
    }

    /** A Java type without schema; the path leads to it, like {@code Report.items[].raw}. */
    record Type(String path, String problem, String remedy) implements Invalid {
        public Type {
            remedy = Words.remedy(remedy);
        }

        @Override
        public String code() {
            return "invalid.type";
        }

        @Override
        public String message() {
            return Words.message(path + " " + problem);
        }
    }

    /** Data that cannot be emitted. */
    record Event(String event, String problem) implements Invalid {
        @Override
        public String code() {
            return "invalid.event";
        }

        @Override
        public String message() {
            return Words.message("Event '" + event + "': " + problem);
        }

        @Override
        public String remedy() {
            return Words.remedy("Emit records, text, finite numbers, lists and maps of those.");
        }
    }

    /** A query parameter. */
    record Query(String parameter, String problem, String remedy) implements Invalid {
        public Query {
            remedy = Words.remedy(remedy);
        }

        @Override
        public String code() {
            return "invalid.query";
        }

        @Override
        public String message() {
            return Words.message(parameter + ": " + problem);
        }
    }

    /** A document that cannot be read; {@code where} is a pointer, or line and column. */
    record Body(String where, String problem, String remedy) implements Invalid {
        public Body {
            remedy = Words.remedy(remedy);
        }

        @Override
        public String code() {
            return "invalid.body";
        }

        @Override
        public String message() {
            return Words.message(where + ": " + problem);
        }
    }

    /** A part without a name, which no file can hold. */
    record NotWritable(String part) implements Invalid {
        @Override
        public String code() {
            return "invalid.not_writable";
        }

        @Override
        public String message() {
            return Words.message(part + " has no name");
        }

        @Override
        public String remedy() {
            return Words.remedy("Register it under a name, and use that name.");
        }
    }
}
