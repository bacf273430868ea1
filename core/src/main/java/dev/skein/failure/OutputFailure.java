package dev.skein.failure;

import java.util.List;

/** The answer is there, but is not good enough. */
public sealed interface OutputFailure extends Failure {

    /**
     * An answer that does not fit its type, after all repairs.
     *
     * @param said how the last answer begins, 256 bytes at most, for who has no partial work to see
     *     it in; else empty
     */
    record Invalid(int repairs, List<Violation> violations, String said) implements OutputFailure {
        public Invalid {
            violations = List.copyOf(violations);
            said = Words.beginning(said);
        }

        public Invalid(int repairs, List<Violation> violations) {
            this(repairs, violations, "");
        }

        @Override
        public String code() {
            return "output.invalid";
        }

        @Override
        public String message() {
            return Words.message(
                    "After "
                            + repairs
                            + (repairs == 1 ? " repair: " : " repairs: ")
                            + Violation.line(violations)
                            + (said.isEmpty() ? "" : "; the last answer was: " + said));
        }

        @Override
        public String remedy() {
            return Words.remedy(
                    "See the raw text in partial work; describe the component, or simplify the type.");
        }
    }

    /** A claim without its evidence. */
    record Unproven(String claim, List<String> lacking) implements OutputFailure {
        public Unproven {
            lacking = List.copyOf(lacking);
        }

        @Override
        public String code() {
            return "output.unproven";
        }

        @Override
        public String message() {
            return Words.message(claim + "; missing: " + Words.list(lacking));
        }

        @Override
        public String remedy() {
            return Words.remedy("See the claim in partial work.");
        }
    }
}
