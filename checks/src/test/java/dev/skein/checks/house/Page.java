package dev.skein.checks.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/** The Java of one document, compiled at once, and run in one process. */
record Page(String document, List<Snippet> snippets) {
    private static final String MODULES = "dev.skein.core,dev.skein.models,dev.skein.harnesses";
    private static final String CLASS_PATH = System.getProperty("java.class.path");
    private static final Duration LONGEST = Duration.ofMinutes(2);

    static Page of(String document, Markdown markdown) {
        var snippets = new ArrayList<Snippet>();
        List<Markdown.Block> blocks = markdown.blocks();
        for (int i = 0; i < blocks.size(); i++) {
            if (!blocks.get(i).language().equals("java")) continue;
            var next = i + 1 < blocks.size() ? blocks.get(i + 1) : blocks.get(i);
            boolean printed = next.language().equals("text") && next.follows(blocks.get(i));
            snippets.add(new Snippet(document, blocks.get(i), printed ? next.code() : null));
        }
        return new Page(document, snippets);
    }

    @Override
    public String toString() {
        return document;
    }

    /** What the compiler says against it, with lines of the document. */
    List<String> faults(Path classes) {
        if (snippets.isEmpty()) return List.of();
        var said = new DiagnosticCollector<JavaFileObject>();
        var options = new ArrayList<String>(List.of("-proc:none", "-parameters"));
        options.addAll(List.of("-d", classes.toString()));
        options.addAll(List.of("--module-path", CLASS_PATH, "--add-modules", MODULES));
        options.addAll(List.of("-cp", CLASS_PATH));
        var sources = snippets.stream().map(Snippet::source).toList();
        ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, said, options, null, sources)
                .call();
        return said.getDiagnostics().stream()
                .filter(one -> one.getKind() == Diagnostic.Kind.ERROR)
                .map(this::fault)
                .toList();
    }

    private String fault(Diagnostic<? extends JavaFileObject> one) {
        var place =
                Optional.ofNullable(one.getSource())
                        .flatMap(source ->
                                snippets.stream()
                                        .filter(snippet ->
                                                source.getName()
                                                        .endsWith("/" + snippet.name() + ".java"))
                                        .findFirst())
                        .map(snippet ->
                                document + ":" + (snippet.block().line() + one.getLineNumber() - 1))
                        .orElse(document);
        return place + ": " + one.getMessage(Locale.ROOT);
    }

    /**
     * Compiles it, runs what can be run, and says what does not compile, throws, or prints
     * something else than the document says.
     */
    List<String> problems(Path folder) throws IOException, InterruptedException {
        Path classes = Files.createDirectory(folder.resolve("classes"));
        Path printed = Files.createDirectory(folder.resolve("printed"));
        Path home = Files.createDirectory(folder.resolve("home"));
        var faults = faults(classes);
        var programs = snippets.stream().filter(Snippet::runs).toList();
        if (!faults.isEmpty() || programs.isEmpty()) return faults;
        var command =
                Stream.concat(
                        Stream.of(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Djava.io.tmpdir=" + home,
                                "-cp",
                                CLASS_PATH,
                                SnippetRunner.class.getName(),
                                classes.toString(),
                                printed.toString()),
                        programs.stream().map(Snippet::name));
        var builder = new ProcessBuilder(command.toList()).directory(home.toFile());
        var process = new Keyless(builder, folder.resolve("said"));
        builder.environment().put("SKEIN_MODEL", "offline:");
        var said = process.run(LONGEST);
        return programs.stream()
                .flatMap(program -> problem(program, printed, said).stream())
                .toList();
    }

    private static Optional<String> problem(Snippet program, Path folder, String said) {
        Path thrown = folder.resolve(program.name() + ".thrown");
        Path output = folder.resolve(program.name());
        if (!Files.exists(output)) return Optional.of(program + " did not begin: " + said);
        var printed = Repository.text(output);
        if (Files.exists(thrown))
            return Optional.of(program + " threw " + Repository.text(thrown) + quoted(printed));
        var promised = program.printed();
        if (promised == null)
            return printed.isBlank()
                    ? Optional.empty()
                    : Optional.of(program + " prints what no text block says:" + quoted(printed));
        return new Transcript(program.toString(), "", promised).fits(printed)
                ? Optional.empty()
                : Optional.of(
                        program + " prints" + quoted(printed) + "\nand not" + quoted(promised));
    }

    private static String quoted(String text) {
        return text.lines().map(line -> "\n    " + line).collect(Collectors.joining());
    }
}
