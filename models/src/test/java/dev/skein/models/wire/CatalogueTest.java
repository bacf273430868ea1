package dev.skein.models.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.model.ModelInfo.Feature;
import dev.skein.model.Money;
import dev.skein.model.Price;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueTest {
    private static final Catalogue SHIPPED = Catalogue.shipped();

    @Test
    @Tag("AG-99")
    void theLongestBeginningThatIsListedWins() {
        assertThat(SHIPPED.price("openai", "gpt-4.1-mini-2025-04-14"))
                .contains(new Price(usd("0.40"), usd("1.60"), usd("0.10"), usd("0.40")));
        assertThat(SHIPPED.info("anthropic", "claude-opus-4-5-20251101").maxOutputTokens())
                .isEqualTo(64_000);
    }

    @Test
    @Tag("AG-99")
    void whatIsNotKnownHasNoPriceAndUsualSizes() {
        assertThat(SHIPPED.price("openai", "gpt-99")).isEmpty();
        assertThat(SHIPPED.price("nobody", "x")).isEmpty();
        assertThat(SHIPPED.price("openai", "gpt-4o-audio-preview")).isEmpty();
        var info = SHIPPED.info("nobody", "x");
        assertThat(info.id()).isEqualTo("nobody:x");
        assertThat(info.contextTokens()).isEqualTo(128_000);
        assertThat(info.can(Feature.SCHEMA)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"anthropic", "openai", "gemini", "mistral", "openrouter", "bedrock"})
    void everyProviderWithAKeyHasAStandardModel(String provider) {
        assertThat(SHIPPED.standardModel(provider)).isNotEmpty();
    }

    @Test
    void aPriceThatRisesWithItsInputHoldsForTheContextThatIsListed() {
        assertThat(SHIPPED.info("openai", "gpt-6-luna").contextTokens()).isEqualTo(272_000);
        assertThat(SHIPPED.price("openai", "gpt-6-luna")).isPresent();
    }

    private static Money usd(String amount) {
        return Money.parse(amount + " USD");
    }
}
