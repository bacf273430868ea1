package dev.skein.checks.house;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A process that finds no key in its environment, and nothing on its standard input.
 *
 * @param output the file for what it prints
 */
record Keyless(ProcessBuilder builder, Path output) {
    Keyless {
        builder.environment().keySet().removeIf(Keyless::choosesAModel);
    }

    /** Runs it to its end; gives what it printed, errors included. */
    String run(Duration most) throws IOException, InterruptedException {
        builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(new File("/dev/null"));
        var process = builder.start();
        try {
            if (process.waitFor(most.toSeconds(), TimeUnit.SECONDS))
                return Files.readString(output);
            throw new AssertionError(
                    builder.command()
                            + " did not end within "
                            + most
                            + ": "
                            + Files.readString(output));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static boolean choosesAModel(String variable) {
        return variable.endsWith("_API_KEY")
                || variable.endsWith("_BASE_URL")
                || variable.startsWith("AWS_")
                || variable.equals("SKEIN_MODEL");
    }
}
