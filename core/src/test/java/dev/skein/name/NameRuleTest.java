package dev.skein.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.failure.SkeinException;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameRuleTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "Atlas",
                "code-bot_2",
                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
            })
    void aNameThatFitsIsKeptAsWritten(String name) {
        assertThat(NameRule.checked(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1a",
                "-a",
                "a b",
                "ä",
                "a.b",
                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
            })
    void aNameThatDoesNotFitIsRefused(String name) {
        assertThatThrownBy(() -> NameRule.checked(name)).isInstanceOf(SkeinException.class);
    }

    @Test
    void namesAreComparedWithoutCaseWhateverTheLanguage() {
        var before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.of("tr"));
            assertThat(NameRule.key("TITLE")).isEqualTo(NameRule.key("title"));
        } finally {
            Locale.setDefault(before);
        }
    }
}
