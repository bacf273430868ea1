package dev.skein.cli;

import java.io.PrintStream;
import java.text.MessageFormat;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * Where warnings of the runtime go in this command: to standard error, a line each. The JDK's own
 * logging would print stacks, in two lines, and cost every start 20 ms.
 */
public final class Logs extends System.LoggerFinder {
    @Override
    public System.Logger getLogger(String name, Module module) {
        return new Lines(name, System.err, Launch.debugging());
    }

    /** Warnings and errors; their stacks only if they were asked for. */
    record Lines(String name, PrintStream err, boolean debug) implements System.Logger {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean isLoggable(Level level) {
            return level.compareTo(Level.WARNING) >= 0 && level != Level.OFF;
        }

        @Override
        public void log(
                Level level,
                @Nullable ResourceBundle bundle,
                @Nullable String text,
                @Nullable Throwable thrown) {
            if (!isLoggable(level)) return;
            var cause = thrown == null ? "" : ": " + thrown;
            var advice = thrown == null || debug ? "" : " (--debug shows the stack)";
            err.println("skein: " + Printable.line(text + cause) + advice);
            if (thrown != null && debug) thrown.printStackTrace(err);
        }

        @Override
        public void log(
                Level level,
                @Nullable ResourceBundle bundle,
                @Nullable String format,
                @Nullable Object... values) {
            if (!isLoggable(level)) return;
            boolean plain = format == null || values == null || values.length == 0;
            log(
                    level,
                    bundle,
                    plain ? format : MessageFormat.format(format, values),
                    (Throwable) null);
        }
    }
}
