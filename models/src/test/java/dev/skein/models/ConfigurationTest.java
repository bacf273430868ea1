package dev.skein.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skein.failure.SkeinException;
import dev.skein.model.Provider;
import dev.skein.model.Provider.Offer;
import java.lang.module.ModuleFinder;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ConfigurationTest {
    private static Provider provider(String name) {
        return ServiceLoader.load(Provider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Tag("AG-61")
    void classPathAndModulePathListTheSameProvidersInTheSameOrder() throws Exception {
        var listed =
                ServiceLoader.load(Provider.class).stream()
                        .map(one -> one.type().getName())
                        .toList();
        var built =
                Path.of(
                        Providers.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
        var module = ModuleFinder.of(built).find("dev.skein.models").orElseThrow().descriptor();
        assertThat(module.provides().iterator().next().providers()).isEqualTo(listed);
    }

    @Test
    @Tag("AG-62")
    void aKeyIsAnOfferAndTheReasonNamesItOnly() throws InterruptedException {
        var lent = new Lent(Map.of("OPENAI_API_KEY", "sk-very-secret"));
        assertThat(provider("openai").offer(lent))
                .contains(new Offer("gpt-6-luna", "OPENAI_API_KEY is set"));
        assertThat(provider("anthropic").offer(lent)).isEmpty();
        assertThat(provider("offline").offer(lent)).isEmpty();
    }

    @Test
    @Tag("AG-62")
    void withoutAKeyThereIsNoModelAndTheRemedyNamesIt() {
        for (var name : List.of("openai", "anthropic", "openrouter")) {
            var thrown =
                    catchThrowableOfType(
                            SkeinException.class, () -> provider(name).model("m", new Lent()));
            assertThat(thrown.failure().code()).isEqualTo("model.not_configured");
            assertThat(thrown.failure().message()).isEqualTo(name + " needs a key.");
            assertThat(thrown.failure().remedy()).contains("_API_KEY", "offline:");
        }
    }

    @Test
    @Tag("AG-62")
    void anAddressThatIsNoneIsRefusedByTheNameOfItsVariable() {
        var lent = new Lent(Map.of("OPENAI_API_KEY", "sk-x", "OPENAI_BASE_URL", "not an address"));
        var thrown =
                catchThrowableOfType(
                        SkeinException.class, () -> provider("openai").model("m", lent));
        assertThat(thrown.failure().code()).isEqualTo("invalid.config");
        assertThat(thrown.failure().message()).contains("OPENAI_BASE_URL");
    }

    @Test
    void azureNeedsItsAddress() {
        var lent = new Lent(Map.of("AZURE_OPENAI_API_KEY", "x"));
        var thrown =
                catchThrowableOfType(
                        SkeinException.class, () -> provider("azure-openai").model("m", lent));
        assertThat(thrown.failure().remedy()).contains("AZURE_OPENAI_ENDPOINT");
    }

    @Test
    void namesOfProvidersAreChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Providers.compatible("No Name", URI.create("http://localhost/v1")));
    }
}
