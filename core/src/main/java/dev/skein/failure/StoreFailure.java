package dev.skein.failure;

import java.time.Duration;

/** A store cannot take or give. */
public sealed interface StoreFailure extends Failure {

    /** The disk or the quota is full. */
    record Full(String store, String free) implements StoreFailure {
        @Override
        public String code() {
            return "store.full";
        }

        @Override
        public String message() {
            return Words.message("Store " + store + " cannot take more: " + free + " free");
        }

        @Override
        public String remedy() {
            return Words.remedy("Free space or lower the retention; runs resume by themselves.");
        }

        @Override
        public boolean retryable() {
            return true;
        }
    }

    /** The writer is too far behind. */
    record Busy(String store, long behind, Duration since) implements StoreFailure {
        @Override
        public String code() {
            return "store.busy";
        }

        @Override
        public String message() {
            return Words.message(
                    "Store "
                            + store
                            + " is "
                            + Words.count(behind)
                            + " entries behind for "
                            + Words.time(since));
        }

        @Override
        public String remedy() {
            return Words.remedy("Use a faster disk, or fewer runs at once.");
        }

        @Override
        public boolean retryable() {
            return true;
        }
    }

    /** The server or file cannot be reached. */
    record Unavailable(String store, String problem) implements StoreFailure {
        @Override
        public String code() {
            return "store.unavailable";
        }

        @Override
        public String message() {
            return Words.message(store + " does not answer: " + problem);
        }

        @Override
        public String remedy() {
            return Words.remedy("Check the address and that it runs.");
        }

        @Override
        public boolean retryable() {
            return true;
        }
    }

    /** Another process has it open. */
    record Locked(String store, String holder) implements StoreFailure {
        @Override
        public String code() {
            return "store.locked";
        }

        @Override
        public String message() {
            return Words.message(store + " is open in " + holder);
        }

        @Override
        public String remedy() {
            return Words.remedy("Stop it, use its control socket, or choose another file.");
        }
    }

    /** What is stored is not what was written. */
    record Damaged(String what, String problem) implements StoreFailure {
        @Override
        public String code() {
            return "store.damaged";
        }

        @Override
        public String message() {
            return Words.message(what + " " + problem);
        }

        @Override
        public String remedy() {
            return Words.remedy("Restore it from a copy, or move it away to begin anew.");
        }
    }

    /** A newer program wrote it. */
    record TooNew(String store, int schema, int known) implements StoreFailure {
        @Override
        public String code() {
            return "store.too_new";
        }

        @Override
        public String message() {
            return Words.message(store + " has schema " + schema + ", this program knows " + known);
        }

        @Override
        public String remedy() {
            return Words.remedy("Upgrade Skein.");
        }
    }

    /** A store that would lose data. */
    record Unsuitable(String problem, String remedy) implements StoreFailure {
        public Unsuitable {
            remedy = Words.remedy(remedy);
        }

        @Override
        public String code() {
            return "store.unsuitable";
        }

        @Override
        public String message() {
            return Words.message(problem);
        }
    }

    /** A run that was set aside because its record is damaged. */
    record Quarantined(String run, String problem) implements StoreFailure {
        @Override
        public String code() {
            return "store.quarantined";
        }

        @Override
        public String message() {
            return Words.message("Run " + run + " is quarantined: " + problem);
        }

        @Override
        public String remedy() {
            return Words.remedy("skein store salvage, or fork it before the damage.");
        }
    }
}
