package dev.skein.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {
    private static final byte[] NONE = new byte[0];

    private static String wire(Request request) {
        return new String(
                RequestWriter.bytes(request, Origin.of(request), null),
                StandardCharsets.ISO_8859_1);
    }

    @Test
    void showsNeitherQueryNorUserNorHeadersNorBody() {
        var uri = URI.create("https://user:SECRET@host.example:8443/path?key=SECRET#SECRET");
        var request =
                Request.post(
                        uri,
                        Map.of("Authorization", "SECRET"),
                        "SECRET".getBytes(StandardCharsets.UTF_8));
        assertThat(request).hasToString("POST https://host.example:8443/path");
        assertThat(
                        new Reply(
                                200,
                                new Headers("A: SECRET\n".getBytes(StandardCharsets.UTF_8)),
                                new byte[3]))
                .hasToString("Reply[status=200, bytes=3]");
    }

    @ParameterizedTest
    @CsvSource({
        "http://Host.example, host.example, /",
        "http://host.example:80/a, host.example, /a",
        "https://host.example:443/a%20b, host.example, /a%20b",
        "https://host.example:80?q, host.example:80, /?q",
        "http://[::1]:8080/, [::1]:8080, /",
        "http://user@host.example/#part, host.example, /"
    })
    void saysHostAndTarget(String uri, String host, String target) {
        assertThat(wire(Request.get(URI.create(uri), Map.of())))
                .isEqualTo("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    }

    @Test
    void saysTheLengthOfAnEmptyBodyOnlyWhereOneIsExpected() {
        var uri = URI.create("http://host.example/");
        assertThat(wire(Request.post(uri, Map.of(), NONE))).contains("\r\nContent-Length: 0\r\n");
        assertThat(wire(new Request("DELETE", uri, Map.of(), NONE)))
                .doesNotContain("Content-Length");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nB: c", "a\nb", "a\rb", "a\u0000b", "a\u007f", "€"})
    void aHeaderThatWouldMeanMoreThanItSaysIsNotSent(String value) {
        var uri = URI.create("http://host.example/");
        assertThatThrownBy(() -> wire(Request.get(uri, Map.of("X-A", value + "SECRET"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("X-A")
                .hasMessageNotContaining("SECRET");
        assertThatThrownBy(() -> wire(Request.get(uri, Map.of(value, "a"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "content-length", "Transfer-Encoding", "CONNECTION"})
    void whatTheTransportSetsIsNotTheCallersToSet(String name) {
        assertThatThrownBy(() -> Request.get(URI.create("http://host.example/"), Map.of(name, "1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://SECRET.example/", "/SECRET", "mailto:SECRET", "http:///SECRET"})
    void anAddressThatIsNotHttpIsRefused(String uri) {
        assertThatThrownBy(() -> Request.get(URI.create(uri), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("SECRET");
    }
}
