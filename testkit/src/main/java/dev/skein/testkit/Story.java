package dev.skein.testkit;

import java.util.List;

/** A run in a few lines, for people who read why an assertion failed. */
final class Story {
    private static final int LONGEST = 200;

    private Story() {}

    /** The head, then what happened, an event a line. */
    static String of(String head, List<Beat> beats) {
        var text = new StringBuilder(head);
        for (var beat : beats) text.append("\n  ").append(line(beat));
        return text.toString();
    }

    private static String line(Beat beat) {
        return switch (beat) {
            case Beat.Turn(var number, var model) -> "turn " + number + " of " + model;
            case Beat.Said(var text) -> "  said: " + cut(text);
            case Beat.Called(var id, var tool, var arguments) ->
                    "  called " + tool + " " + cut(arguments) + " [" + id + "]";
            case Beat.Refused(_, var tool, var code, var message) ->
                    "  refused " + tool + ": " + code + ": " + cut(message);
            case Beat.Asked(var tool, var reasons) ->
                    "  asked whether " + tool + " may be called: " + cut(reasons);
            case Beat.Returned(_, var tool, var text, var error) ->
                    "  " + tool + (error ? " failed: " : " returned: ") + cut(text);
            case Beat.Repaired(var problem) -> "  told to correct: " + cut(problem);
            case Beat.Tried(var code, var message, var attempt) ->
                    "  try " + attempt + " failed: " + code + ": " + cut(message);
            case Beat.Noted(var text) -> cut(text);
        };
    }

    /** One line of at most 200 characters. */
    static String cut(String text) {
        var line = text.replace("\r", "").replace("\n", "⏎");
        if (line.length() <= LONGEST) return line;
        int end = Character.isHighSurrogate(line.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return line.substring(0, end) + "… (" + line.length() + " characters)";
    }

    static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
