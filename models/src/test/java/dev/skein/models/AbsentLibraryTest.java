package dev.skein.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs that have no library of LangChain4j or of Amazon on their class path. */
class AbsentLibraryTest {
    @ParameterizedTest
    @CsvSource({
        "gemini, dev.langchain4j:langchain4j-google-ai-gemini",
        "mistral, dev.langchain4j:langchain4j-mistral-ai",
        "ollama, dev.langchain4j:langchain4j-ollama",
        "bedrock, software.amazon.awssdk:auth",
    })
    @Tag("AG-61")
    void theirModelsSayWhatToAdd(String provider, String artifact) throws Exception {
        try (var loader = new URLClassLoader(without("langchain4j", "awssdk"), parent())) {
            assertThat(told(loader, provider))
                    .startsWith("model.not_configured: " + provider)
                    .contains(artifact);
        }
    }

    @ParameterizedTest
    @CsvSource({"openai", "anthropic", "offline"})
    @Tag("AG-61")
    void othersNeedNone(String provider) throws Exception {
        try (var loader = new URLClassLoader(without("langchain4j", "awssdk"), parent())) {
            assertThat(told(loader, provider)).isEqualTo("made");
        }
    }

    private static ClassLoader parent() {
        return ClassLoader.getPlatformClassLoader();
    }

    /** Asks in a world of its own, from which nothing but a text comes back. */
    @SuppressWarnings("unchecked")
    private static String told(ClassLoader world, String provider) throws Exception {
        var probe =
                Class.forName(Probe.class.getName(), true, world)
                        .getConstructor(String.class)
                        .newInstance(provider);
        return ((Callable<String>) probe).call();
    }

    private static URL[] without(String... names) throws Exception {
        var left = new ArrayList<URL>();
        for (var entry : List.of(System.getProperty("java.class.path").split(":"))) {
            boolean dropped = Arrays.stream(names).anyMatch(entry::contains);
            if (!dropped) left.add(Path.of(entry).toUri().toURL());
        }
        return left.toArray(URL[]::new);
    }
}
