package dev.skein.failure;

/** A machine could not be had, or was lost. */
public sealed interface MachineFailure extends Failure {

    /** It did not start. */
    record Start(String machine, String problem) implements MachineFailure {
        @Override
        public String code() {
            return "machine.start";
        }

        @Override
        public String message() {
            return Words.message(machine + " did not start: " + problem);
        }

        @Override
        public String remedy() {
            return Words.remedy("See its output; run the shown command by hand.");
        }

        @Override
        public boolean retryable() {
            return true;
        }
    }

    /** It is gone. */
    record Lost(String machine, String problem) implements MachineFailure {
        @Override
        public String code() {
            return "machine.lost";
        }

        @Override
        public String message() {
            return Words.message(machine + " is gone: " + problem);
        }

        @Override
        public String remedy() {
            return Words.remedy("Check that it runs and can be reached, then try again.");
        }

        @Override
        public boolean retryable() {
            return true;
        }
    }

    /** The local machine cannot shut an agent in. */
    record NoSandbox(String problem) implements MachineFailure {
        @Override
        public String code() {
            return "machine.no_sandbox";
        }

        @Override
        public String message() {
            return Words.message(problem);
        }

        @Override
        public String remedy() {
            return Words.remedy(
                    "Install bubblewrap, use a container image, or write LocalImage.unsafe(dir) in code.");
        }
    }

    /** A folder that cannot be a workspace. */
    record Workspace(String path, String problem) implements MachineFailure {
        @Override
        public String code() {
            return "machine.workspace";
        }

        @Override
        public String message() {
            return Words.message("'" + path + "' cannot be a workspace: " + problem);
        }

        @Override
        public String remedy() {
            return Words.remedy("Use an empty or project folder of your own.");
        }
    }

    /** A path that leaves the workspace. */
    record Path(String path) implements MachineFailure {
        @Override
        public String code() {
            return "machine.path";
        }

        @Override
        public String message() {
            return Words.message("'" + path + "' leaves the workspace");
        }

        @Override
        public String remedy() {
            return Words.remedy("Use a path inside it.");
        }
    }

    /** A file that cannot be read, written or moved. */
    record File(String path, String problem) implements MachineFailure {
        @Override
        public String code() {
            return "machine.file";
        }

        @Override
        public String message() {
            return Words.message("'" + path + "': " + problem);
        }

        @Override
        public String remedy() {
            return Words.remedy("Check that it exists and may be used.");
        }
    }
}
