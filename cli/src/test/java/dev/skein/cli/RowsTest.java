package dev.skein.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.json.Json;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How rows, ages, amounts and values are printed. */
class RowsTest {
    @Test
    void everyColumnIsAsWideAsItsWidestCell() {
        var table = new Table(1).row("RUN", "N", "NAME").row("7k2m9q4c", "12", "pool\u001b");
        assertThat(table.lines())
                .containsExactly("RUN        N  NAME", "7k2m9q4c  12  pool\\u001b");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "59, 59s",
        "60, 1m",
        "720, 12m",
        "7380, 2h 3m",
        "7200, 2h",
        "90000, 1d 1h",
        "-5, 0s"
    })
    void anAgeHasTwoUnits(long seconds, String shown) {
        assertThat(new Age(Duration.ofSeconds(seconds))).hasToString(shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"usd\":0.412,\"atLeast\":false} | $0.41",
                "{\"usd\":0.0012,\"atLeast\":true} | ≥ $0.0012",
                "{\"usd\":0,\"atLeast\":false}     | $0.00",
                "{\"eur\":3,\"atLeast\":false}     | 3.00 EUR",
                "null                              | -"
            })
    void moneyIsShownInCents(String cost, String shown) {
        assertThat(new Spend(Json.parse(cost))).hasToString(shown);
    }

    @Test
    void aValueIsIndentedWithItsKeysInOrder() {
        var value = Json.parse("{\"b\":[1,{}],\"a\":{\"y\":null,\"x\":\"t\"},\"c\":[]}");
        assertThat(new Indented(value))
                .hasToString(
                        """
                        {
                          "a": {
                            "x": "t",
                            "y": null
                          },
                          "b": [
                            1,
                            {}
                          ],
                          "c": []
                        }\
                        """);
    }
}
