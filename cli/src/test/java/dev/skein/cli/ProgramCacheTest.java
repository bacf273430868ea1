package dev.skein.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramCacheTest {
    private static final Program PROGRAM =
            new Program(new Program.Entry("Hello", true, true), Map.of("Hello", new byte[] {7}));
    private static final SourceFile SOURCE = Sources.hello("void main() {}");

    @TempDir private Path folder;

    private ProgramCache cache(String jdk, Path... libraries) {
        return new ProgramCache(folder.resolve("run"), new Launch(List.of(libraries), jdk, false));
    }

    private List<Path> kept() throws IOException {
        try (var files = Files.list(folder.resolve("run"))) {
            return files.toList();
        }
    }

    @Test
    void whatWasKeptIsFound() throws IOException {
        var cache = cache("25");
        assertThat(cache.find(SOURCE)).isEmpty();
        cache.keep(SOURCE, PROGRAM);
        assertThat(cache.find(SOURCE).orElseThrow().classes().get("Hello")).containsExactly(7);
    }

    @Test
    void anotherSourceNameJdkOrLibraryIsAnotherProgram() throws IOException {
        var library = Files.writeString(folder.resolve("a.jar"), "one");
        cache("25", library).keep(SOURCE, PROGRAM);
        assertThat(cache("25", library).find(SOURCE)).isPresent();
        assertThat(cache("25", library).find(Sources.hello("void main() { }"))).isEmpty();
        assertThat(cache("25", library).find(new SourceFile(Path.of("A.java"), SOURCE.text())))
                .isEmpty();
        assertThat(cache("26", library).find(SOURCE)).isEmpty();
        assertThat(cache("25").find(SOURCE)).isEmpty();
        Files.writeString(library, "other");
        assertThat(cache("25", library).find(SOURCE)).isEmpty();
    }

    @Test
    void aDamagedProgramIsNotFoundAndCanBeReplaced() throws IOException {
        var cache = cache("25");
        cache.keep(SOURCE, PROGRAM);
        Files.writeString(kept().getFirst(), "damaged");
        assertThat(cache.find(SOURCE)).isEmpty();
        cache.keep(SOURCE, PROGRAM);
        assertThat(cache.find(SOURCE)).isPresent();
    }

    @Test
    void onlyTheOwnerCanReadIt() throws IOException {
        cache("25").keep(SOURCE, PROGRAM);
        assertThat(mode(folder.resolve("run"))).isEqualTo("rwx------");
        assertThat(mode(kept().getFirst())).isEqualTo("rw-------");
    }

    @Test
    void theOldestAreForgotten() throws IOException {
        for (int i = 0; i < 300; i++) cache("25").keep(Sources.hello("// " + i), PROGRAM);
        assertThat(kept()).hasSize(256);
        assertThat(cache("25").find(Sources.hello("// 299"))).isPresent();
    }

    @Test
    void aFolderThatCannotBeMadeFailsAndLeavesNothing() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "");
        var cache = new ProgramCache(file.resolve("run"), new Launch(List.of(), "25", false));
        assertThat(cache.find(SOURCE)).isEmpty();
        assertThatThrownBy(() -> cache.keep(SOURCE, PROGRAM)).isInstanceOf(IOException.class);
        assertThat(folder).isDirectoryContaining(file::equals);
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
