package dev.skein.cli;

import javax.tools.SimpleJavaFileObject;

/** What the compiler sees of a source file. Its public class may have any name. */
final class SourceUnit extends SimpleJavaFileObject {
    private final SourceFile source;

    SourceUnit(SourceFile source) {
        super(source.path().toUri(), Kind.SOURCE);
        this.source = source;
    }

    /** As it was given, for the compiler's messages. */
    @Override
    public String getName() {
        return source.path().toString();
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return source.text();
    }

    @Override
    public boolean isNameCompatible(String simpleName, Kind kind) {
        return kind == Kind.SOURCE;
    }
}
