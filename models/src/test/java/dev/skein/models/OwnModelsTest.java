package dev.skein.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import dev.skein.model.Cost;
import dev.skein.model.ModelInfo.Feature;
import dev.skein.model.Money;
import dev.skein.model.Price;
import dev.skein.model.Usage;
import dev.skein.models.wire.Catalogue;
import dev.skein.policy.Environment;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.testkit.FakeProvider;
import dev.skein.testkit.Reply;
import dev.skein.testkit.SkeinTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user lists in {@code models.json} holds before what is shipped. */
@SkeinTest
@Tag("AG-99")
class OwnModelsTest {
    @TempDir Path home;

    private Catalogue catalogue(String file) throws IOException {
        Files.writeString(home.resolve("models.json"), file);
        return Catalogue.of(new Lent(Map.of("SKEIN_HOME", home.toString())));
    }

    @Test
    void whatIsSaidReplacesWhatIsShippedFieldByField() throws IOException {
        var shipped = Catalogue.shipped().info("openai", "gpt-4.1-mini");
        var own =
                catalogue(
                        """
                        {"openai": {"models": {"gpt-4.1*": {"price": ["9.00", "10.00", "1.00", "2.00"]}}}}
                        """);
        assertThat(own.price("openai", "gpt-4.1-mini"))
                .contains(new Price(usd("9.00"), usd("10.00"), usd("1.00"), usd("2.00")));
        assertThat(own.info("openai", "gpt-4.1-mini")).isEqualTo(shipped);
        assertThat(own.price("openai", "gpt-4o-mini"))
                .isEqualTo(Catalogue.shipped().price("openai", "gpt-4o-mini"))
                .isPresent();
    }

    @Test
    void modelsAndProvidersThatAreNotShippedCanBeListed() throws IOException {
        var own =
                catalogue(
                        """
                        {
                          "about": "of this house",
                          "anthropic": {"standard": "claude-next"},
                          "house": {"models": {
                            "a/b": {"context": 32000, "output": 4000, "features": ["streaming"], "price": [0.5, 1.25]},
                            "a*": {"context": 16000}
                          }}
                        }
                        """);
        assertThat(own.standardModel("anthropic")).isEqualTo("claude-next");
        assertThat(own.standardModel("openai"))
                .isEqualTo(Catalogue.shipped().standardModel("openai"));
        var exact = own.info("house", "a/b");
        assertThat(exact.contextTokens()).isEqualTo(32_000);
        assertThat(exact.maxOutputTokens()).isEqualTo(4_000);
        assertThat(exact.features()).containsExactly(Feature.STREAMING);
        assertThat(own.price("house", "a/b")).contains(Price.of("0.50 USD", "1.25 USD"));
        assertThat(own.info("house", "a/c").contextTokens()).isEqualTo(16_000);
        assertThat(own.price("house", "a/c")).isEmpty();
    }

    @Test
    void aFileOfTheHomeFolderIsFoundWithoutTheVariable() throws IOException {
        var folder = Files.createDirectory(home.resolve(".skein"));
        Files.writeString(
                folder.resolve("models.json"),
                """
                {"house": {"models": {"*": {"price": ["1", "2"]}}}}
                """);
        var own = Catalogue.of(new Lent(Map.of("HOME", home.toString())));
        assertThat(own.price("house", "any")).isPresent();
        assertThat(Catalogue.of(new Lent()).price("house", "any")).isEmpty();
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnceWithItsPlace() {
        var file = home.resolve("models.json");
        assertThatThrownBy(() ->
                        catalogue(
                                """
                                {
                                  "Open AI": {},
                                  "openai": {"models": {
                                    "gpt-4o": {"prize": ["1", "2"], "price": ["1", "2", "3"]},
                                    "a/*b": {"context": 0}
                                  }, "default": "gpt-4o"},
                                  "gemini": {"models": {"x": {"features": ["teleport"], "price": [-1, 2]}}}
                                }
                                """))
                .isInstanceOfSatisfying(
                        SkeinException.class,
                        e -> {
                            assertThat(e.failure().code()).isEqualTo("invalid.config");
                            assertThat(e.failure().remedy()).contains("Correct", "remove it");
                            assertThat(((Invalid.Config) e.failure()).findings())
                                    .hasSize(8)
                                    .allMatch(finding -> finding.startsWith(file + " at /"))
                                    .anyMatch(finding -> finding.contains("/Open AI: is no name"))
                                    .anyMatch(finding ->
                                            finding.contains("/openai/models/gpt-4o/prize: is not"))
                                    .anyMatch(finding -> finding.contains("gpt-4o/price: must be"))
                                    .anyMatch(finding -> finding.contains("/a~1*b: must be a"))
                                    .anyMatch(finding -> finding.contains("/a~1*b/context: must"))
                                    .anyMatch(finding -> finding.contains("/openai/default: is"))
                                    .anyMatch(finding -> finding.contains("x/features: must be"))
                                    .anyMatch(finding -> finding.contains("x/price: must be USD"));
                        });
    }

    @Test
    void whatIsNoJsonIsSaidWithLineAndColumn() {
        assertThatThrownBy(() -> catalogue("{\n  \"openai\": {,}\n}"))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining(home.resolve("models.json") + " is no JSON")
                .hasMessageContaining("line 2");
    }

    @Test
    void aRunIsChargedByIt(FakeProvider provider) throws Exception {
        Files.writeString(
                home.resolve("models.json"),
                """
                {"openai": {"models": {"test-1": {"price": ["1.00", "5.00"]}}}}
                """);
        var result = run(provider);
        assertThat(result.work().usage().cost()).isEqualTo(new Cost.Known(Money.parse("0.15 USD")));
    }

    @Test
    void aRunWithAFileThatIsWrongAsksNobody(FakeProvider provider) throws Exception {
        Files.writeString(home.resolve("models.json"), "[]");
        assertThat(run(provider))
                .isInstanceOfSatisfying(
                        RunResult.Failed.class,
                        failed -> assertThat(failed.failure()).isInstanceOf(Invalid.Config.class));
        assertThat(provider.seen()).isEmpty();
    }

    private RunResult<String> run(FakeProvider provider) throws InterruptedException {
        provider.openai().replies(Reply.text("Two geese.").withUsage(Usage.of(100_000, 10_000)));
        var variables = new HashMap<>(provider.environment());
        variables.put("SKEIN_HOME", home.toString());
        var agent = ModelAgent.of("atlas").withModel(provider.model("test-1"));
        var config = RuntimeConfig.of(agent).withEnvironment(Environment.of(variables));
        try (var runtime = AgentRuntime.open(config)) {
            return runtime.run(agent, Task.of("go"));
        }
    }

    private static Money usd(String amount) {
        return Money.parse(amount + " USD");
    }
}
