package dev.skein.http;

import java.util.Optional;

/** The body of a reply as JSON values, one a line. Empty lines are passed over. */
public final class JsonLines {
    private final LineReader lines;

    JsonLines(LineReader lines) {
        this.lines = lines;
    }

    /**
     * The next line, which has not been parsed; empty at the end of the body. Blocks until it is
     * there.
     *
     * @throws TransportException also if the line is larger than {@code sizes.event}
     */
    public Optional<String> next() throws TransportException, InterruptedException {
        while (lines.next()) {
            if (lines.length() > 0) {
                return Optional.of(lines.text(0));
            }
        }
        return Optional.empty();
    }
}
