package dev.skein.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PricingTest {
    private static final Price ONE = Price.of("1 USD", "1 USD");
    private static final Price TWO = Price.of("2 USD", "2 USD");
    private static final Price THREE = Price.of("3 USD", "3 USD");

    @Test
    @Tag("AG-99")
    void theExactModelWinsThenTheLongestPatternInWhateverOrderTheyCame() {
        var pricing =
                Pricing.none().plus("a:b", ONE).plus("a:b*", TWO).plus("a:*", THREE).plus("*", ONE);
        assertThat(pricing.price("a:b")).contains(ONE);
        assertThat(pricing.price("a:big")).contains(TWO);
        assertThat(pricing.price("a:small")).contains(THREE);
        assertThat(pricing.price("c:d")).contains(ONE);
    }

    @Test
    void aPriceForTheSamePatternTakesItsPlace() {
        assertThat(Pricing.of(Map.of("a:*", ONE)).plus("a:*", TWO).price("a:b")).contains(TWO);
    }

    @Test
    @Tag("AG-99")
    void whatHasNoPriceHasNone() {
        var pricing = Pricing.none().plus("a:*", ONE);
        assertThat(pricing.price("b:c")).isEmpty();
        assertThat(pricing.price("offline:")).contains(Price.free());
    }
}
