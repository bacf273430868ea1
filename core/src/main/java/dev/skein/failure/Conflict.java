package dev.skein.failure;

import java.util.List;

/** Something else has it, or was there first. */
public sealed interface Conflict extends Failure {

    /** Two of a kind (plural: {@code agents}) share a name, perhaps but for case. */
    record Name(String kind, String first, String second) implements Conflict {
        @Override
        public String code() {
            return "conflict.name";
        }

        @Override
        public String message() {
            return Words.message(
                    first.equals(second)
                            ? "Two " + kind + " are named '" + first + "'"
                            : Words.capital(kind)
                                    + " '"
                                    + first
                                    + "' and '"
                                    + second
                                    + "' have the same name");
        }

        @Override
        public String remedy() {
            return Words.remedy(
                    first.equals(second) ? "Rename one." : "Names ignore case; rename one.");
        }
    }

    /** A key that was used for other input. */
    record Key(String key, String run) implements Conflict {
        @Override
        public String code() {
            return "conflict.key";
        }

        @Override
        public String message() {
            return Words.message("Key '" + key + "' belongs to run " + run + " with other input");
        }

        @Override
        public String remedy() {
            return Words.remedy("Use another key, or the same input.");
        }
    }

    /** A session whose queue is full ({@code waiting} above zero), or that an ancestor holds. */
    record Session(String session, String holder, int waiting) implements Conflict {
        @Override
        public String code() {
            return "conflict.session";
        }

        @Override
        public String message() {
            return Words.message(
                    waiting > 0
                            ? Words.count(waiting) + " runs wait for " + session
                            : "'" + holder + "' already holds " + session);
        }

        @Override
        public String remedy() {
            return Words.remedy(
                    waiting > 0 ? "Try again later." : "Use another namespace, or none.");
        }

        @Override
        public boolean retryable() {
            return true;
        }
    }

    /** Another writer was first. */
    record Version(String what, long expected, long found) implements Conflict {
        @Override
        public String code() {
            return "conflict.version";
        }

        @Override
        public String message() {
            return Words.message(what + " is at version " + found + ", expected " + expected);
        }

        @Override
        public String remedy() {
            return Words.remedy("Read it again and repeat the change.");
        }

        @Override
        public boolean retryable() {
            return true;
        }
    }

    /** A newer owner has the run. */
    record Lease(String run, long epoch, long current) implements Conflict {
        @Override
        public String code() {
            return "conflict.lease";
        }

        @Override
        public String message() {
            return Words.message(
                    "Another owner has run "
                            + run
                            + " (epoch "
                            + current
                            + ", ours "
                            + epoch
                            + ")");
        }

        @Override
        public String remedy() {
            return Words.remedy("Nothing; it continues there.");
        }
    }

    /** The worker knows another schema of the agent. */
    record Definition(String worker, String agent, String ours, String theirs) implements Conflict {
        @Override
        public String code() {
            return "conflict.definition";
        }

        @Override
        public String message() {
            return Words.message(
                    "Worker "
                            + worker
                            + " has another schema of '"
                            + agent
                            + "' ("
                            + theirs
                            + ", ours "
                            + ours
                            + ")");
        }

        @Override
        public String remedy() {
            return Words.remedy("Deploy the same version on both sides.");
        }

        @Override
        public boolean retryable() {
            return true;
        }
    }

    /** An answer to a call that changed since it was shown. */
    record ApprovalStale(String approval) implements Conflict {
        @Override
        public String code() {
            return "conflict.approval_stale";
        }

        @Override
        public String message() {
            return Words.message("The call of " + approval + " changed since it was shown");
        }

        @Override
        public String remedy() {
            return Words.remedy("Read it again: skein approvals " + approval);
        }
    }

    /** A contrary answer to a settled approval. */
    record ApprovalSettled(String approval, String decision, String by, String at)
            implements Conflict {
        @Override
        public String code() {
            return "conflict.approval_settled";
        }

        @Override
        public String message() {
            return Words.message(approval + " was already " + decision + " by " + by + " at " + at);
        }

        @Override
        public String remedy() {
            return Words.remedy("Nothing to do; it is settled.");
        }
    }

    /** A prefix or short path that fits several. */
    record Ambiguous(String prefix, List<String> matches) implements Conflict {
        public Ambiguous {
            matches = List.copyOf(matches);
        }

        @Override
        public String code() {
            return "conflict.ambiguous";
        }

        @Override
        public String message() {
            return Words.message(
                    matches.size()
                            + (prefix.isEmpty() ? " are there: " : " match '" + prefix + "': ")
                            + Words.list(matches));
        }

        @Override
        public String remedy() {
            return Words.remedy(
                    prefix.isEmpty() ? "Say which one with -i." : "Give more characters.");
        }
    }

    /** The address is taken. */
    record Port(String address, String holder) implements Conflict {
        @Override
        public String code() {
            return "conflict.port";
        }

        @Override
        public String message() {
            return Words.message(address + " is in use by " + holder);
        }

        @Override
        public String remedy() {
            return Words.remedy("Stop it, or choose another port (0 takes a free one).");
        }
    }
}
