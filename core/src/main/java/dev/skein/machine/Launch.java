package dev.skein.machine;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How a command becomes a process of this computer: in a session of its own where there is {@code
 * setsid}, found by the {@code PATH} that it gets, with exactly these variables, and with the words
 * that it was given even where Java would spell them otherwise.
 *
 * @param setsid the program, if there is one
 * @param charset how Java spells words for the system
 */
record Launch(Optional<Path> setsid, Charset charset) {
    private static final String AS_IT_IS = "exec \"$@\"";

    static Launch ofSystem() {
        var setsid =
                Stream.of("/usr/bin/setsid", "/bin/setsid")
                        .map(Path::of)
                        .filter(Files::isExecutable)
                        .findFirst();
        var named = System.getProperty("sun.jnu.encoding");
        return new Launch(setsid, named == null ? StandardCharsets.UTF_8 : Charset.forName(named));
    }

    ProcessBuilder builder(Exec exec, Path directory, Map<String, String> env) {
        boolean plain = charset.equals(StandardCharsets.UTF_8) || isAscii(exec.argv(), env);
        var words = new ArrayList<String>();
        setsid.ifPresent(program -> words.addAll(List.of(program.toString(), "--")));
        if (!plain) words.addAll(List.of("/bin/sh", "-c", script(exec.argv(), env)));
        else {
            if (setsid.isEmpty()) words.addAll(List.of("/bin/sh", "-c", AS_IT_IS, "sh"));
            words.addAll(exec.argv());
        }
        var builder = new ProcessBuilder(words).directory(directory.toFile());
        builder.environment().clear();
        env.forEach((name, value) -> {
            if (plain || isAscii(value)) builder.environment().put(name, value);
        });
        return builder;
    }

    /** For a shell: puts the words together from bytes, and becomes the command. */
    private static String script(List<String> argv, Map<String, String> env) {
        var script = new StringBuilder();
        new TreeMap<>(env)
                .forEach((name, value) -> {
                    if (!isAscii(value))
                        script.append(spelled(value))
                                .append("export ")
                                .append(name)
                                .append("=\"${skein_word%_}\";");
                });
        for (var word : argv)
            script.append(spelled(word)).append("set -- \"$@\" \"${skein_word%_}\";");
        return script.append(AS_IT_IS).toString();
    }

    /** The line under it keeps the shell from taking new lines away. */
    private static String spelled(String word) {
        var format = new StringBuilder("skein_word=$(printf '");
        for (byte one : word.getBytes(StandardCharsets.UTF_8)) {
            int value = one & 0xFF;
            if (value < ' ' || value > '~' || "-'%\\".indexOf(value) >= 0)
                format.append('\\').append(Integer.toOctalString(value + 01000).substring(1));
            else format.append((char) value);
        }
        return format.append("_');").toString();
    }

    private static boolean isAscii(List<String> argv, Map<String, String> env) {
        return argv.stream().allMatch(Launch::isAscii)
                && env.values().stream().allMatch(Launch::isAscii);
    }

    private static boolean isAscii(String word) {
        return word.chars().allMatch(one -> one < 0x80);
    }
}
