package dev.skein.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.spi.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnnotatedMethodTest {
    @Retention(RetentionPolicy.RUNTIME)
    @interface Marked {
        String value();
    }

    record Where(String city) {}

    record Context(String run) {}

    /** Not public on purpose: what is called need not be visible to the caller. */
    static class Weather {
        private int entered;

        @Marked("how warm it is")
        public String warmth(
                @Description("the place") Where where,
                @Range(min = 0, max = 7) int days,
                Context context,
                Optional<String> unit) {
            entered++;
            return where.city() + days + context.run() + unit.orElse("C");
        }

        @Marked("nothing comes back")
        public void nothing() {
            entered++;
        }

        @Marked("fails")
        public static void failing(Context context) throws IOException {
            throw new IOException(context.run());
        }

        @Marked("null may go in and come out")
        public @Nullable String echo(@Nullable String text) {
            return text;
        }

        public void unmarked(Object anything) {}
    }

    private final Weather weather = new Weather();
    private final List<AnnotatedMethod<Marked>> methods =
            AnnotatedMethod.of(weather, Marked.class, Context.class);

    private AnnotatedMethod<Marked> method(String name) {
        return methods.stream()
                .filter(method -> method.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void markedMethodsAreFoundInOrderOfTheirNames() {
        assertThat(methods)
                .extracting(AnnotatedMethod::name)
                .containsExactly("echo", "failing", "nothing", "warmth");
        assertThat(method("warmth").annotation().value()).isEqualTo("how warm it is");
        assertThat(AnnotatedMethod.of(new Object(), Marked.class, Context.class)).isEmpty();
    }

    @Test
    @Tag("AG-90")
    void theSchemaHasTheParametersButTheContext() {
        assertThat(method("warmth").input().schema().canonical())
                .isEqualTo(
                        """
                        {"type":"object","properties":{"where":{"type":"object","properties":{"city":{"type":"string"}},\
                        "required":["city"],"additionalProperties":false,"description":"the place"},\
                        "days":{"type":"integer","minimum":0,"maximum":7},"unit":{"type":"string"}},\
                        "required":["where","days"],"additionalProperties":false}\
                        """);
        assertThat(method("nothing").input().schema().canonical())
                .isEqualTo(
                        "{\"type\":\"object\",\"properties\":{},\"required\":[],\"additionalProperties\":false}");
    }

    @Test
    void aCallHasItsArgumentsAndTheContextInPlace() throws Exception {
        var arguments = Json.parse("{\"unit\":\"F\",\"where\":{\"city\":\"Oslo\"},\"days\":2}");
        assertThat(method("warmth").call(arguments, new Context("-r-"))).isEqualTo("Oslo2-r-F");
        assertThat(method("nothing").call(Json.object(), new Context("r"))).isNull();
        assertThat(method("echo").call(Json.object(), new Context("r"))).isNull();
        assertThat(method("echo").call(Json.object("text", "x"), new Context("r"))).isEqualTo("x");
    }

    @Test
    void argumentsThatDoNotFitNeverReachTheMethod() {
        for (var text :
                List.of(
                        "{}",
                        "{\"where\":{\"city\":\"Oslo\"},\"days\":8}",
                        "{\"where\":{\"city\":\"Oslo\"},\"days\":1,\"more\":1}",
                        "[]",
                        "null")) {
            assertThatThrownBy(() -> method("warmth").call(Json.parse(text), new Context("r")))
                    .isInstanceOfSatisfying(
                            SkeinException.class,
                            refused ->
                                    assertThat(refused.failure())
                                            .isInstanceOf(Invalid.Input.class));
        }
        assertThat(weather.entered).isZero();
    }

    @Test
    void whatTheMethodThrowsComesOutAsItIs() {
        assertThatThrownBy(() -> method("failing").call(Json.object(), new Context("why")))
                .isInstanceOf(IOException.class)
                .hasMessage("why");
    }

    static class Hidden {
        @Marked("")
        void hidden() {}
    }

    static class Untyped {
        @Marked("")
        public void untyped(Object anything) {}
    }

    @Test
    @Tag("AG-90")
    void aMethodThatCannotBeCalledIsRefused() {
        assertThatThrownBy(() -> AnnotatedMethod.of(new Hidden(), Marked.class, Context.class))
                .hasMessage("Tool 'hidden' is a method that is not public.");
        assertThatThrownBy(() -> AnnotatedMethod.of(new Untyped(), Marked.class, Context.class))
                .hasMessage("untyped.anything is Object, which has no schema.");
    }

    @Test
    @Tag("AG-90")
    void parametersWithoutNamesAreRefusedWithTheFlagThatGivesThem(@TempDir Path folder)
            throws Exception {
        var source =
                Files.writeString(
                        folder.resolve("Nameless.java"),
                        "public class Nameless { @SafeVarargs public final void tell(java.util.List<String>... texts) {} }");
        var javac = ToolProvider.findFirst("javac").orElseThrow();
        var compiled =
                javac.run(System.out, System.err, "-d", folder.toString(), source.toString());
        assertThat(compiled).isZero();
        try (var loader =
                new java.net.URLClassLoader(new java.net.URL[] {folder.toUri().toURL()})) {
            var nameless = loader.loadClass("Nameless").getDeclaredConstructor().newInstance();
            assertThatThrownBy(() -> AnnotatedMethod.of(nameless, SafeVarargs.class, Context.class))
                    .isInstanceOfSatisfying(
                            SkeinException.class,
                            refused -> {
                                assertThat(refused.failure()).isInstanceOf(Invalid.Tool.class);
                                assertThat(refused.failure().remedy()).contains("-parameters");
                            });
        }
    }
}
