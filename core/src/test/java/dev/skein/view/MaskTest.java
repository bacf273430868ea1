package dev.skein.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("WF-79")
class MaskTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-ant-api03-AbCdEfGhIjKlMnOpQrSt",
                "sk-proj-AbCdEfGhIjKlMnOpQrSt_uv",
                "AKIAIOSFODNN7EXAMPLE",
                "ABSKQmVkcm9ja0FQSUtleS1hYmNkZWY=",
                "AIzaSyA1234567890abcdefghijklmnopqrstuv",
                "ghp_abcdefghijklmnopqrstuvwxyz0123456789",
                "gsk_abcdefghijklmnopqrstuvwx",
                "xoxb-1234567890-abcdef",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl",
                "-----BEGIN RSA PRIVATE KEY----- MIIEpAIB -----END RSA PRIVATE KEY-----"
            })
    void keysAreKnownByTheirLooks(String key) {
        assertThat(Mask.over("before " + key + " behind")).isEqualTo("before ▇▇▇ behind");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password=hunter2",
                "DB_PASSWORD: 'hunter two'",
                "{\"apiKey\":\"hunter\\\"2\",\"x\":1}",
                "{\"client_secret\":[\"hunter2\",\"hunter3\"]}",
                "{\"token\":{\"value\":\"hunter2\"}}",
                "{\"pwd\":\"hunter2 without its end",
                "login --password hunter2 --user bob",
                "https://bob:hunter2@example.org/",
                "Authorization: Bearer hunter2hunter2",
                "?user=bob&access_key=hunter2&x=1"
            })
    void whatBearsTheNameOfASecretIsOne(String text) {
        assertThat(Mask.over(text)).doesNotContain("hunter").contains("▇▇▇");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "max_tokens=5, tokens: 7",
                "task-based work, risk-averse",
                "pass: 3, fail: 2",
                "a basic idea of the bearer of news",
                "see http://example.org:8080/a@b",
                "the secret of the forest"
            })
    void otherTextStaysAsItIs(String text) {
        assertThat(Mask.over(text)).isEqualTo(text);
    }

    @Test
    void aLongTextTakesNoLongerThanItsLength() {
        for (var part : new String[] {"eyJ", "\"\\", "://", "-----BEGIN ", "password", "sk-"}) {
            var text = part.repeat(4096 / part.length());
            assertThat(Mask.over(text)).isNotEmpty();
        }
    }
}
