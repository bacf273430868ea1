package dev.skein.cli;

import java.nio.file.Path;

/** Source files that exist only here. */
final class Sources {
    private Sources() {}

    static SourceFile hello(String text) {
        return new SourceFile(Path.of("Hello.java"), text);
    }

    static Program compiled(String text) {
        return switch (new SourceCompiler(Launch.ofProcess()).compile(hello(text))) {
            case SourceCompiler.Outcome.Compiled(var program) -> program;
            case SourceCompiler.Outcome.Broken(var words) -> throw new AssertionError(words);
        };
    }

    static String broken(String text) {
        return switch (new SourceCompiler(Launch.ofProcess()).compile(hello(text))) {
            case SourceCompiler.Outcome.Compiled(_) -> throw new AssertionError("it compiles");
            case SourceCompiler.Outcome.Broken(var words) -> words;
        };
    }
}
