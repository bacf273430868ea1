package dev.skein.cli;

import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** What an agent is given: the argument, or standard input if that is a dash. */
record Input(String argument) {
    private static final int MOST_BYTES = 8 << 20;

    /**
     * The text without the line ends behind it.
     *
     * @throws SkeinException with {@code invalid.call} if it is empty, too long, or no UTF-8
     */
    String text() {
        var text = argument.equals("-") ? read(System.in) : argument;
        if (text.isBlank()) throw refused("The input is empty", "Say what the agent should do.");
        return text.stripTrailing();
    }

    private static String read(InputStream in) {
        try {
            var bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES)
                throw refused("The input is longer than 8 MiB", "Give the agent less at once.");
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw refused("Standard input is not UTF-8", "Convert it, for example with iconv.");
        } catch (IOException e) {
            throw refused("Standard input cannot be read: " + e.getMessage(), "Check the pipe.");
        }
    }

    private static SkeinException refused(String problem, String remedy) {
        return new SkeinException(new Invalid.Call(problem, remedy));
    }
}
